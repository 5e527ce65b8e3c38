import { Group, Text } from "@mantine/core";
import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { useText } from "../../i18n/use-text.ts";
import { DataTable } from "../../table/data-table.tsx";
import { Pager } from "../../table/pager.tsx";
import { formatSorting, parseSorting } from "../../table/sorting.ts";
import { panelTable } from "../../table/table-features.ts";
import { RecentTraffic } from "../../traffic/recent-traffic.tsx";
import { useUrlState } from "../../url-state.ts";
import { sortableTypeColumns, useTypeColumns } from "./type-columns.tsx";
import { isShown, isUnserved, matches, typesStateNames } from "./types-filter.ts";
import { TypesFilterBar } from "./types-filter-bar.tsx";

const pageSize = 100;

interface TypesListProps {
  readonly types: readonly TypeInfo[];
}

export function TypesList({ types }: TypesListProps) {
  const text = useText();
  const [state, setState] = useUrlState(typesStateNames);
  const shown = state.show === "unserved" || state.show === "problems" ? state.show : "all";
  const { search = "", manager } = state;

  const found = useMemo(
    () =>
      types.filter(
        (type) =>
          isShown[shown](type) &&
          (manager === undefined || type.manager === manager) &&
          matches(type, search),
      ),
    [types, shown, manager, search],
  );

  const sorting = useMemo(() => parseSorting(state.sort, sortableTypeColumns), [state.sort]);
  const columns = useTypeColumns();
  const table = useTable({
    features: panelTable,
    columns,
    data: found,
    getRowId: (type) => type.id,
    state: { sorting },
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      setState({ sort: formatSorting(next), page: undefined });
    },
  });

  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(state.page ?? 1)) || 1));
  const rows = table.getRowModel().rows.slice((page - 1) * pageSize, page * pageSize);
  const pager = (
    <Pager
      page={page}
      pageSize={pageSize}
      total={found.length}
      onChange={(to) => setState({ page: to === 1 ? undefined : String(to) })}
    />
  );

  return (
    <RecentTraffic of="types" ids={rows.map(({ id }) => id)}>
      <TypesFilterBar types={types} table={table} shown={shown} state={state} onChange={setState} />
      {rows.length === 0 ? (
        <EmptyState title={text("types.none.title")} hint={text("types.none.hint")} />
      ) : (
        <>
          <Group justify="space-between" mb="xs" mih={36}>
            <Text size="sm" c="dimmed" role="status">
              {text("types.count", { count: found.length })}
            </Text>
            {pager}
          </Group>
          <DataTable
            table={table}
            rows={rows}
            label={text("types.title")}
            rowTone={(type) => (isUnserved(type) ? "loud" : undefined)}
          />
          <Group justify="flex-end" mt="sm">
            {pager}
          </Group>
        </>
      )}
    </RecentTraffic>
  );
}
