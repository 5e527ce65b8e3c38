import type { ExplainedItem, TypeDetail } from "../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../components/item-title.ts";
import type { Text } from "../../i18n/use-text.ts";

/** Why an item is, or is not, the one that serves, as a sentence. */
export function reasonText(item: ExplainedItem, type: TypeDetail, text: Text): string {
  switch (item.reason) {
    case "selected":
      if (type.hasSelector) return text("type.reason.selected.selector");
      if (item.lead !== null) return text("type.reason.selected.lead");
      return text(item.status === "reserve" ? "type.reason.selected.reserve" : "type.reason.selected");
    case "lower-priority": {
      const chosen = type.items.find((other) => other.reason === "selected");
      if (type.hasSelector || chosen === undefined) return text("type.reason.lower-priority.selector");
      return text("type.reason.lower-priority", { item: itemTitle(chosen) });
    }
    case "retired":
      return text(item.retiredBy === "operator" ? "type.reason.retired.operator" : "type.reason.retired");
    case "cooling":
      return item.readiness.reason === undefined
        ? text("type.reason.cooling")
        : text(`item.aside.${item.readiness.reason}`);
    case "reserve":
    case "disabled":
    case "missing":
    case "making":
    case "failed":
    case "held":
      return text(`type.reason.${item.reason}`);
  }
}
