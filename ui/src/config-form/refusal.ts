import type { IssueInfo, ItemDetail } from "../../../src/admin/contract/contract.ts";
import { ApiError } from "../api/api-error.ts";
import type { DraftValue } from "../json.ts";
import type { RefusedConfig } from "./config-issue.ts";

/** What the server found wrong with a config; undefined where something else went wrong. */
export function refusalOf(error: unknown, config: DraftValue): RefusedConfig | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { code, issues = [] } = error.problem;
  if (code === "INVALID_CONFIG") return withIssues(issues, config, false);
  return code === "INVALID_INPUT" ? withIssues(within(issues, "/config"), config, false) : undefined;
}

/** The issues of a part of what was sent, with paths from there on; none where others have some too. */
function within(issues: readonly IssueInfo[], part: string): readonly IssueInfo[] {
  const isOf = ({ path }: IssueInfo) => path === part || path.startsWith(`${part}/`);
  return issues.every(isOf)
    ? issues.map(({ path, message }) => ({ path: path.slice(part.length), message }))
    : [];
}

/** What keeps an item's config from being used; undefined where nothing does. */
export const misconfigurationOf = ({ config, configIssues }: ItemDetail): RefusedConfig | undefined =>
  withIssues(configIssues, config, true);

function withIssues(
  issues: readonly IssueInfo[],
  config: DraftValue,
  isStored: boolean,
): RefusedConfig | undefined {
  if (issues.length === 0) return undefined;
  return { isStored, config, issues: issues.map(({ path, message }) => ({ path: keysIn(path), message })) };
}

const keysIn = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
