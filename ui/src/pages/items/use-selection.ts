import { useCallback, useState } from "react";

/** Items by their ids, or all that the filters find on all pages. */
export type Selection =
  | { readonly kind: "some"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "all" };

const nothing: Selection = { kind: "some", ids: new Set() };

/** What is selected, as long as the filters stay what they are: of other ones nobody has seen the items. */
export function useSelection(filterKey: string) {
  const [kept, setKept] = useState({ filterKey, selection: nothing });
  const selection = kept.filterKey === filterKey ? kept.selection : nothing;
  const select = useCallback((next: Selection) => setKept({ filterKey, selection: next }), [filterKey]);

  const clear = useCallback(() => select(nothing), [select]);
  const selectAll = useCallback(() => select({ kind: "all" }), [select]);

  /** With `all` selected, a click on one leaves the others of the page. */
  const toggle = (id: string, shown: readonly string[]) => {
    const ids = new Set(selection.kind === "all" ? shown : selection.ids);
    if (!ids.delete(id)) ids.add(id);
    select({ kind: "some", ids });
  };

  const toggleShown = (shown: readonly string[]) => {
    const isWhole = selection.kind === "all" || shown.every((id) => selection.ids.has(id));
    const ids = new Set(selection.kind === "all" ? [] : selection.ids);
    for (const id of shown) {
      if (isWhole) ids.delete(id);
      else ids.add(id);
    }
    select({ kind: "some", ids });
  };

  const isSelected = (id: string) => selection.kind === "all" || selection.ids.has(id);

  return { selection, isSelected, toggle, toggleShown, selectAll, clear };
}
