import type { ConfigIssue } from "../../definition/config-issue.ts";
import type { IssueInfo } from "../contract/contract.ts";

/** How many issues are told of at most. */
export const mostIssues = 20;

/** What is wrong with a config, the place as a JSON pointer (RFC 6901). */
export const presentIssues = (issues: readonly ConfigIssue[]): IssueInfo[] =>
  issues.slice(0, mostIssues).map(({ path, message }) => ({ path: pointerOf(path), message }));

const pointerOf = (path: ConfigIssue["path"]): string =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
