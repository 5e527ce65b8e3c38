/** What is wrong with a config, and where: `path` is empty where it is about all of it. */
export interface ConfigIssue {
  /** The keys and indexes that lead to the place; empty where it is about all of it. */
  readonly path: readonly (string | number)[];
  /** What is wrong, in the schema's words. */
  readonly message: string;
}
