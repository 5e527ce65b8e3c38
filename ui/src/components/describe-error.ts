import { ApiError } from "../api/api-error.ts";
import type { Text } from "../i18n/use-text.ts";
import { MissingCode } from "../missing-code.ts";
import { NoReason } from "../reasons/reason-context.ts";

export interface ErrorDescription {
  readonly title: string;
  /** What the server said. */
  readonly detail?: string;
  /** What to do next. */
  readonly hint: string;
  readonly code?: string;
}

/** Says for every failed request what happened and what to do next. */
export function describeError(error: unknown, text: Text): ErrorDescription {
  if (error instanceof MissingCode) {
    return { title: text("error.missing.title"), hint: text("error.missing.hint") };
  }
  if (error instanceof NoReason) {
    return { title: text("reasons.none.title"), hint: text("reasons.none.hint") };
  }
  if (!(error instanceof ApiError)) {
    return { title: text("error.unreachable.title"), hint: text("error.unreachable.hint") };
  }
  const kind = kindOf(error);
  return {
    title: text(`error.${kind}.title`),
    ...(error.problem.detail !== "" && { detail: error.problem.detail }),
    hint: text(`error.${kind}.hint`),
    code: error.problem.code,
  };
}

function kindOf({ problem }: ApiError) {
  if (problem.status === 401) return "unauthorized";
  if (problem.status === 403) return "forbidden";
  if (problem.status === 404) return "notFound";
  if (problem.code === "NOT_REVERTIBLE") return "notRevertible";
  if (problem.code === "LABEL_TAKEN") return "labelTaken";
  if (problem.code === "NO_KEY") return "noKey";
  if (problem.code === "MANAGED_BY_FILE") return "managed";
  if (problem.code === "INVALID_CONFIG") return "config";
  if (problem.status === 409) return "conflict";
  if (problem.status === 503) return "database";
  return "other";
}
