import { describeFirst, describeType, itemLabel } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { PlugbayError } from "../errors.ts";
import type { ItemExplanation } from "../selection/explanation.ts";

/** No item of the type can serve; `explanation` says why for each. */
export class NoPluginAvailableError extends PlugbayError {
  static override readonly errorName = "NoPluginAvailableError";
  override readonly name = NoPluginAvailableError.errorName;
  readonly code = "NO_PLUGIN_AVAILABLE";
  readonly kind = "unavailable";
  /** The plugin type. */
  readonly type: TypeIdentity;
  /** Why each of its items cannot serve. */
  readonly explanation: readonly ItemExplanation[];
  constructor(type: TypeIdentity, explanation: readonly ItemExplanation[]) {
    super(`no plugin of ${describeType(type)} can serve: ${whyNone(explanation)}`);
    this.type = type;
    this.explanation = explanation;
  }
}

function whyNone(explanation: readonly ItemExplanation[]): string {
  if (explanation.length === 0) return "it has no items; register a plugin for it and sync";
  return describeFirst(explanation, ", ", ({ item, reason, readiness, error }) => {
    const isCandidate = readiness.kind === "ready" && (reason === "lower-priority" || reason === "reserve");
    const text = isCandidate
      ? "was not chosen by the selector"
      : reason === "making"
        ? "is being made"
        : readiness.kind === "held" && reason === "held"
          ? `is held by ${readiness.by} (${readiness.reason})`
          : `is ${reason}`;
    return `${itemLabel(item)} ${text}${error ? ` (${error.message})` : ""}`;
  });
}
