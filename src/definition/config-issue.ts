/** What is wrong with a config, and where: `path` is empty where it is about the whole of it. */
export interface ConfigIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
