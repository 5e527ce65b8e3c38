import { Table } from "@mantine/core";
import type { ReactTable, Row, RowData } from "@tanstack/react-table";
import { type ReactNode, useState } from "react";
import { countInSight } from "../count-in-sight.ts";
import styles from "./data-table.module.css";
import { LazyRows } from "./lazy-rows.tsx";
import { SortHeader } from "./sort-header.tsx";
import type { PanelTable } from "./table-features.ts";

interface DataTableProps<Data extends RowData> {
  readonly table: ReactTable<PanelTable, Data>;
  /** The rows to show, of those that the table has. */
  readonly rows: readonly Row<PanelTable, Data>[];
  readonly label: string;
  /** Put around the rows of each part past a usual page, as long as these are near the window. */
  readonly around?: (part: readonly Data[], rows: ReactNode) => ReactNode;
  readonly rowTone?: (data: Data) => "selected" | "loud" | undefined;
}

const leastRowHeight = 56;
/** Where the part ends that is shown soon after those in sight; the others have as many rows. */
const usualPage = 100;

/** A table with sortable headers; on a phone every row is a card. */
export function DataTable<Data extends RowData>({
  table,
  rows,
  label,
  around,
  rowTone,
}: DataTableProps<Data>) {
  // Asked for once: a row must not change its part, and so be made anew, when the window changes.
  const [inSight] = useState(() => countInSight(leastRowHeight, usualPage));
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
        {partsOf(rows, inSight).map(({ part, shown }) => (
          <LazyRows key={part[0]?.id ?? shown} count={part.length} shown={shown}>
            {() => {
              const made = part.map((row) => (
                <DataRow key={row.id} row={row} table={table} tone={rowTone?.(row.original)} />
              ));
              const isFar = around !== undefined && shown === "near";
              return isFar
                ? around(
                    part.map(({ original }) => original),
                    made,
                  )
                : made;
            }}
          </LazyRows>
        ))}
      </Table>
    </div>
  );
}

function partsOf<Data>(rows: readonly Data[], inSight: number) {
  const parts: { readonly part: readonly Data[]; readonly shown: "now" | "soon" | "near" }[] = [
    { part: rows.slice(0, inSight), shown: "now" },
  ];
  if (rows.length > inSight) parts.push({ part: rows.slice(inSight, usualPage), shown: "soon" });
  for (let start = usualPage; start < rows.length; start += usualPage) {
    parts.push({ part: rows.slice(start, start + usualPage), shown: "near" });
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
        const { label, isNumeric, isWide, isSpacious, isCardTitle, isLabelHidden } = cell.column.columnDef
          .meta ?? {
          label: "",
        };
        return (
          <td
            key={cell.id}
            className={isNumeric ? styles.number : undefined}
            data-label={isCardTitle || isLabelHidden ? undefined : label}
            data-title={isCardTitle || undefined}
            data-wide={isWide || undefined}
            data-spacious={isSpacious || undefined}
          >
            <table.FlexRender cell={cell} />
          </td>
        );
      })}
    </tr>
  );
}
