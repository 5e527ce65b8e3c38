import { Table } from "@mantine/core";
import type { ReactTable, Row, RowData } from "@tanstack/react-table";
import styles from "./data-table.module.css";
import { LazyRows } from "./lazy-rows.tsx";
import { SortHeader } from "./sort-header.tsx";
import type { PanelTable } from "./table-features.ts";

interface DataTableProps<Data extends RowData> {
  readonly table: ReactTable<PanelTable, Data>;
  /** The rows to show, of those that the table has. */
  readonly rows: readonly Row<PanelTable, Data>[];
  readonly label: string;
  readonly rowTone?: (data: Data) => "selected" | "loud" | undefined;
}

/** Where the parts end that are shown at once and soon; the others have as many rows as the latter. */
const ends = { now: 25, soon: 100 };

/** A table with sortable headers; on a phone every row is a card. */
export function DataTable<Data extends RowData>({ table, rows, label, rowTone }: DataTableProps<Data>) {
  return (
    <div className={styles.frame}>
      <Table className={styles.table ?? ""} aria-label={label} aria-rowcount={rows.length + 1}>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <SortHeader key={header.id} header={header} />
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        {partsOf(rows).map(({ part, shown }) => (
          <LazyRows key={part[0]?.id ?? shown} count={part.length} shown={shown}>
            {() =>
              part.map((row) => (
                <DataRow key={row.id} row={row} table={table} tone={rowTone?.(row.original)} />
              ))
            }
          </LazyRows>
        ))}
      </Table>
    </div>
  );
}

function partsOf<Data>(rows: readonly Data[]) {
  const parts: { readonly part: readonly Data[]; readonly shown: "now" | "soon" | "near" }[] = [
    { part: rows.slice(0, ends.now), shown: "now" },
  ];
  if (rows.length > ends.now) parts.push({ part: rows.slice(ends.now, ends.soon), shown: "soon" });
  for (let start = ends.soon; start < rows.length; start += ends.soon) {
    parts.push({ part: rows.slice(start, start + ends.soon), shown: "near" });
  }
  return parts;
}

interface DataRowProps<Data extends RowData> {
  readonly table: ReactTable<PanelTable, Data>;
  readonly row: Row<PanelTable, Data>;
  readonly tone: "selected" | "loud" | undefined;
}

function DataRow<Data extends RowData>({ table, row, tone }: DataRowProps<Data>) {
  return (
    <tr className={tone === undefined ? styles.row : `${styles.row} ${styles[tone]}`}>
      {row.getAllCells().map((cell) => {
        const { label, isNumeric, isWide, isCardTitle, isLabelHidden } = cell.column.columnDef.meta ?? {
          label: "",
        };
        return (
          <td
            key={cell.id}
            className={isNumeric ? styles.number : undefined}
            data-label={isCardTitle || isLabelHidden ? undefined : label}
            data-title={isCardTitle || undefined}
            data-wide={isWide || undefined}
          >
            <table.FlexRender cell={cell} />
          </td>
        );
      })}
    </tr>
  );
}
