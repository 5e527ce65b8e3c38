import type { PluginItem } from "../definition/plugin-item.ts";
import type { ItemExplanation, Reason } from "./explanation.ts";
import type { Readiness } from "./readiness.ts";

/** Says of every item why it is, or is not, the selected one. */
export function explainItems(
  items: readonly PluginItem[],
  selected: PluginItem | undefined,
  readinessOf: (item: PluginItem) => Readiness,
): ItemExplanation[] {
  return items.map((item) => {
    const readiness = readinessOf(item);
    const reason = item === selected ? "selected" : reasonOf(item, readiness);
    return readiness.kind === "failed"
      ? { item, reason, readiness, error: readiness.error }
      : { item, reason, readiness };
  });
}

function reasonOf(item: PluginItem, readiness: Readiness): Reason {
  if (item.retiredAt !== null) return "retired";
  if (item.status === "disable") return "disabled";
  switch (readiness.kind) {
    case "missing":
    case "failed":
    case "cooling":
      return readiness.kind;
    case "idle":
    case "ready":
      return item.status === "reserve" ? "reserve" : "lower-priority";
  }
}
