import { ApiError } from "../api/api-error.ts";
import type { DraftValue } from "../json.ts";
import type { RefusedConfig } from "./config-issue.ts";

/** What the server found wrong with a config; undefined where something else went wrong. */
export function refusalOf(error: unknown, config: DraftValue): RefusedConfig | undefined {
  if (!(error instanceof ApiError) || error.problem.code !== "INVALID_CONFIG") return undefined;
  const issues = (error.problem.issues ?? []).map(({ path, message }) => ({ path: keysIn(path), message }));
  return issues.length === 0 ? undefined : { config, issues };
}

const keysIn = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
