import { isSameConfig } from "../../secrets/shown-config.ts";
import type { RowChange } from "../../store/change.ts";
import type { ItemRow } from "../../store/rows.ts";

/** What a file says of an item that it manages; that it is retired, restored or purged is not among it. */
const fields = ["label", "status", "priority", "description", "configVersion"] as const;

/** The items that a file manages, and of which the changes alter what the file says. */
export function managedIn(changes: readonly RowChange[]): ItemRow[] {
  return changes.flatMap((change) => {
    if (change.entity !== "item") return [];
    const { before, after } = change;
    if (before === null || after === null || before.managed === null) return [];
    const isSame =
      fields.every((field) => before[field] === after[field]) && isSameConfig(before.config, after.config);
    return isSame ? [] : [before];
  });
}
