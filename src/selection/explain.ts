import { statusInForce } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Registry } from "../registry/registry.ts";
import type { ItemExplanation, Reason } from "./explanation.ts";
import { inOrder } from "./order.ts";
import type { Readiness } from "./readiness.ts";
import { isRetired } from "./retirement.ts";

/** Says of every item why it is, or is not, the selected one for code with these definitions. */
export function explainItems(
  items: readonly PluginItem[],
  registry: Registry,
  selected: PluginItem | undefined,
  readinessOf: (item: PluginItem) => Readiness,
): ItemExplanation[] {
  return inOrder(items, (item) => isRetired(item, registry)).map((item) => {
    const readiness = readinessOf(item);
    const reason =
      item === selected ? "selected" : isRetired(item, registry) ? "retired" : reasonOf(item, readiness);
    return readiness.kind === "failed"
      ? { item, reason, readiness, error: readiness.error }
      : { item, reason, readiness };
  });
}

function reasonOf(item: PluginItem, readiness: Readiness): Reason {
  if (statusInForce(item) === "disable") return "disabled";
  switch (readiness.kind) {
    case "missing":
    case "making":
    case "failed":
    case "cooling":
    case "held":
      return readiness.kind;
    case "idle":
    case "ready":
      return statusInForce(item) === "reserve" ? "reserve" : "lower-priority";
  }
}
