import { Button, Menu, VisuallyHidden } from "@mantine/core";
import type { ReactTable, RowData } from "@tanstack/react-table";
import { Icon } from "../components/icon.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import type { PanelTable } from "./table-features.ts";

interface SortMenuProps<Data extends RowData> {
  readonly table: ReactTable<PanelTable, Data>;
}

/** Sorts by several columns without a shift key, and where a phone shows no headers. */
export function SortMenu<Data extends RowData>({ table }: SortMenuProps<Data>) {
  const text = useText();
  const format = useFormat();
  const columns = table.getAllLeafColumns().filter((column) => column.getCanSort());
  const isSorted = columns.some((column) => column.getIsSorted() !== false);
  return (
    <Menu closeOnItemClick={false} position="bottom-start" shadow="md" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="sortable" size={16} />}>
          {text("sort.title")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text("sort.hint")}</Menu.Label>
        {columns.map((column) => {
          const sorted = column.getIsSorted();
          const direction = text(
            sorted === false ? "sort.none" : sorted === "asc" ? "sort.ascending" : "sort.descending",
          );
          const label = column.columnDef.meta?.label ?? column.id;
          return (
            <Menu.Item
              key={column.id}
              rightSection={
                sorted !== false && (
                  <>
                    {format.number(column.getSortIndex() + 1)}{" "}
                    <Icon name={sorted === "asc" ? "up" : "down"} size={14} />
                  </>
                )
              }
              onClick={() => {
                if (sorted === "desc") column.clearSorting();
                else column.toggleSorting(sorted === "asc", true);
              }}
            >
              {label}
              <VisuallyHidden>, {direction}</VisuallyHidden>
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item disabled={!isSorted} closeMenuOnClick onClick={() => table.setSorting([])}>
          {text("sort.clear")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
