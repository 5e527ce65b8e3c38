import { createSortedRowModel, rowSortingFeature, sortFns, tableFeatures } from "@tanstack/react-table";

/** What a column tells beside its cells. */
export interface PanelColumn {
  /** Said by the header, by the sort menu, and before the value where rows are shown as cards. */
  readonly label: string;
  readonly isNumeric?: boolean;
  /** A header that only screen readers need, such as that of check boxes. */
  readonly isLabelHidden?: boolean;
  /** Names from code, which break badly. */
  readonly isWide?: boolean;
  /** Left out where the window is not wide: what it says must be said by another cell there, marked `data-cramped`. */
  readonly isSpacious?: boolean;
  /** Takes the whole line of a card, and needs no label there. */
  readonly isCardTitle?: boolean;
}

/** What the panel's tables can do. */
export const panelTable = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFns.alphanumeric, basic: sortFns.basic },
  columnMeta: {} as PanelColumn,
});

export type PanelTable = typeof panelTable;
