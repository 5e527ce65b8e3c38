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

const rowsAtOnce = 100;

/** A table with sortable headers; on a phone every row is a card. */
export function DataTable<Data extends RowData>({ table, rows, label, rowTone }: DataTableProps<Data>) {
  const chunks = Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
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
        {chunks.map((chunk, index) => (
          <LazyRows key={chunk[0]?.id ?? index} count={chunk.length} isFirst={index === 0}>
            {() =>
              chunk.map((row) => (
                <DataRow key={row.id} row={row} table={table} tone={rowTone?.(row.original)} />
              ))
            }
          </LazyRows>
        ))}
      </Table>
    </div>
  );
}

interface DataRowProps<Data extends RowData> {
  readonly table: ReactTable<PanelTable, Data>;
  readonly row: Row<PanelTable, Data>;
  readonly tone: "selected" | "loud" | undefined;
}

function DataRow<Data extends RowData>({ table, row, tone }: DataRowProps<Data>) {
  return (
    <Table.Tr className={tone === undefined ? (styles.row ?? "") : `${styles.row} ${styles[tone]}`}>
      {row.getAllCells().map((cell) => {
        const { label, isNumeric, isWide, isCardTitle, isLabelHidden } = cell.column.columnDef.meta ?? {
          label: "",
        };
        const className = isNumeric ? styles.number : undefined;
        return (
          <Table.Td
            key={cell.id}
            {...(className === undefined ? {} : { className })}
            data-label={isCardTitle || isLabelHidden ? undefined : label}
            data-title={isCardTitle || undefined}
            data-wide={isWide || undefined}
          >
            <table.FlexRender cell={cell} />
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
