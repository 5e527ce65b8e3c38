import { Table, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { Header, RowData } from "@tanstack/react-table";
import { Icon } from "../components/icon.tsx";
import { useFormat } from "../i18n/use-format.ts";
import styles from "./sort-header.module.css";
import type { PanelTable } from "./table-features.ts";

interface SortHeaderProps<Data extends RowData> {
  readonly header: Header<PanelTable, Data, unknown>;
}

const ariaSort = { asc: "ascending", desc: "descending" } as const;

/** Sorts by its column; with the shift key as one more column. */
export function SortHeader<Data extends RowData>({ header }: SortHeaderProps<Data>) {
  const format = useFormat();
  const { column } = header;
  const { label, isNumeric, isSpacious, isLabelHidden } = column.columnDef.meta ?? { label: column.id };
  const sorted = column.getIsSorted();
  const place = column.getSortIndex();

  return (
    <Table.Th
      scope="col"
      data-spacious={isSpacious || undefined}
      {...(sorted === false ? {} : { "aria-sort": ariaSort[sorted] })}
      {...(isNumeric && styles.number !== undefined ? { className: styles.number } : {})}
    >
      {column.getCanSort() ? (
        <UnstyledButton className={styles.button ?? ""} onClick={column.getToggleSortingHandler()}>
          {label}
          <span className={sorted === false ? styles.idle : styles.sorted}>
            <Icon name={sorted === false ? "sortable" : sorted === "asc" ? "up" : "down"} size={14} />
            {place > 0 && format.number(place + 1)}
          </span>
        </UnstyledButton>
      ) : isLabelHidden ? (
        <VisuallyHidden>{label}</VisuallyHidden>
      ) : (
        <span className={styles.plain}>{label}</span>
      )}
    </Table.Th>
  );
}
