/** Something wrong with an input; `path` is a JSON pointer into it, or `""` for all of it. */
export interface IssueInfo {
  readonly path: string;
  readonly message: string;
}
