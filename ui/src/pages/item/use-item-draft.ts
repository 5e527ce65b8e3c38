import { useState } from "react";
import type { ItemDetail } from "../../../../src/admin/api.ts";
import { effectiveEdits, type ItemEdits, type ItemValues, valuesOf } from "./item-values.ts";

interface Draft {
  readonly edits: ItemEdits;
  /** The item's version when the first edit was made: what the operator had before them. */
  readonly version: number;
}

export interface ItemDraft {
  /** What the form shows: the item as it is, with the operator's edits on top. */
  readonly values: ItemValues;
  readonly edits: ItemEdits;
  readonly version: number;
  readonly isDirty: boolean;
  /** Whether somebody else changed the item since the first edit. */
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
  return {
    values: { ...current, ...edits },
    edits,
    version: isDirty && draft !== undefined ? draft.version : item.version,
    isDirty,
    isOutdated: isDirty && draft !== undefined && draft.version !== item.version,
    edit: (change) =>
      setDraft((before) => ({
        edits: { ...before?.edits, ...change },
        version: isDirty && before !== undefined ? before.version : item.version,
      })),
    discard: () => setDraft(undefined),
  };
}
