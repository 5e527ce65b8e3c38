import { useState } from "react";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { effectiveEdits, type ItemEdits, type ItemValues, itemFields, valuesOf } from "./item-values.ts";

interface Draft {
  readonly edits: ItemEdits;
  /** The item when the first edit was made: what the operator had before them. */
  readonly seen: ItemDetail;
}

export interface ItemDraft {
  /** What the form shows: the item as it is, with the operator's edits on top. */
  readonly values: ItemValues;
  readonly edits: ItemEdits;
  readonly version: number;
  readonly isDirty: boolean;
  /** Whether somebody else changed what the form shows since the first edit. */
  readonly isOutdated: boolean;
  edit(change: ItemEdits): void;
  discard(): void;
}

/** Unsaved edits of an item, which outlive what others do to it meanwhile. */
export function useItemDraft(item: ItemDetail): ItemDraft {
  const [draft, setDraft] = useState<Draft>();
  const current = valuesOf(item);
  const edits = draft === undefined ? {} : effectiveEdits(draft.edits, current);
  const isDirty = Object.keys(edits).length > 0;
  const seen = isDirty && draft !== undefined ? draft.seen : item;
  // Of a new version in which only other fields are new, such as the config, nothing is lost.
  const isOutdated = itemFields.some((field) => seen[field] !== item[field]);
  return {
    values: { ...current, ...edits },
    edits,
    version: isOutdated ? seen.version : item.version,
    isDirty,
    isOutdated,
    edit: (change) =>
      setDraft((before) => ({
        edits: { ...before?.edits, ...change },
        seen: isDirty && before !== undefined ? before.seen : item,
      })),
    discard: () => setDraft(undefined),
  };
}
