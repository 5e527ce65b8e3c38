import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { useText } from "../../i18n/use-text.ts";
import { FieldValue } from "../history/field-value.tsx";
import { ConflictTable } from "./conflict-table.tsx";
import { type ItemEdits, itemFields, valuesOf } from "./item-values.ts";

/** What two operators made of one item. */
export interface Conflict {
  readonly edits: ItemEdits;
  /** The item as the other one left it. */
  readonly theirs: ItemInfo;
}

/** Both versions, field by field. */
export function ItemConflict({ conflict: { edits, theirs } }: { readonly conflict: Conflict }) {
  const text = useText();
  const now = valuesOf(theirs);
  const rows = itemFields.map((field) => ({
    key: field,
    name: text(`word.${field}`),
    mine: field in edits ? <FieldValue field={field} value={edits[field]} /> : undefined,
    theirs: <FieldValue field={field} value={now[field]} />,
    isSame: edits[field] === now[field],
  }));
  return <ConflictTable rows={rows} />;
}
