import { Button, Checkbox, Group, Text } from "@mantine/core";
import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { ItemList, SessionInfo } from "../../../../src/admin/contract/contract.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { useText } from "../../i18n/use-text.ts";
import { DataTable } from "../../table/data-table.tsx";
import { Pager } from "../../table/pager.tsx";
import { formatSorting, parseSorting } from "../../table/sorting.ts";
import { panelTable } from "../../table/table-features.ts";
import { RecentTraffic } from "../../traffic/recent-traffic.tsx";
import styles from "./bars.module.css";
import { BulkBar } from "./bulk-bar.tsx";
import { useItemColumns } from "./item-columns.tsx";
import { ItemsConflictModal } from "./items-conflict-modal.tsx";
import { ItemsFilterBar } from "./items-filter-bar.tsx";
import { filterOf, type ItemsState, sortableItemColumns } from "./items-query.ts";
import { ListContext } from "./list-context.ts";
import { SaveBar } from "./save-bar.tsx";
import { useDrafts } from "./use-drafts.ts";
import { useSelection } from "./use-selection.ts";

interface ItemsViewProps {
  readonly session: SessionInfo;
  readonly list: ItemList;
  readonly state: ItemsState;
  /** Whether a newer answer is on its way. */
  readonly isOld: boolean;
  readonly onChange: (changes: ItemsState) => void;
}

const usualPageSize = 100;

export function ItemsView({ session, list, state, isOld, onChange }: ItemsViewProps) {
  const text = useText();
  const filter = useMemo(() => filterOf(state), [state]);
  const drafts = useDrafts();
  const selection = useSelection(JSON.stringify(filter));
  const sorting = useMemo(() => parseSorting(state.sort, sortableItemColumns), [state.sort]);
  const maySelect = session.access === "write";
  const columns = useItemColumns(maySelect);
  const table = useTable({
    features: panelTable,
    columns,
    data: list.items,
    getRowId: (item) => item.id,
    manualSorting: true,
    state: { sorting },
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      onChange({ sort: formatSorting(next), page: undefined });
    },
  });
  const shown = list.items.filter((item) => item.mayWrite).map((item) => item.id);
  const shownSelected = shown.filter(selection.isSelected).length;
  const isFiltered = Object.keys(filter).length > 0;

  return (
    <ListContext
      value={{
        draftOf: drafts.draftOf,
        edit: drafts.edit,
        isSelected: selection.isSelected,
        toggle: (id) => selection.toggle(id, shown),
      }}
    >
      <ItemsFilterBar table={table} facets={list.facets} state={state} onChange={onChange} />
      {list.items.length === 0 && list.total > 0 ? (
        <EmptyState
          title={text("items.pastEnd.title", { page: list.page })}
          hint={text("items.pastEnd.hint", { count: list.pages })}
          action={
            <Button variant="light" onClick={() => onChange({ page: String(list.pages) })}>
              {text("items.pastEnd.back")}
            </Button>
          }
        />
      ) : list.items.length === 0 ? (
        <EmptyState
          title={text(isFiltered ? "items.none.title" : "items.empty.title")}
          hint={text(isFiltered ? "items.none.hint" : "items.empty.hint")}
        />
      ) : (
        <div aria-busy={isOld} style={{ opacity: isOld ? 0.6 : 1 }}>
          <Group justify="space-between" mb="xs" mih={36}>
            <Group gap="md">
              {maySelect && shown.length > 0 && (
                <Checkbox
                  label={text("items.selectPage")}
                  checked={shownSelected === shown.length}
                  indeterminate={shownSelected > 0 && shownSelected < shown.length}
                  onChange={() => selection.toggleShown(shown)}
                />
              )}
              <Text size="sm" c="dimmed" role="status">
                {text("items.count", { count: list.total })}
              </Text>
            </Group>
            <Paging list={list} state={state} onChange={onChange} />
          </Group>
          <RecentTraffic of="items" ids={list.items.map(({ id }) => id)}>
            <DataTable
              table={table}
              rows={table.getRowModel().rows}
              label={text("items.title")}
              around={(items, made) => (
                <RecentTraffic of="items" ids={items.map(({ id }) => id)}>
                  {made}
                </RecentTraffic>
              )}
              rowTone={(item) => (selection.isSelected(item.id) && maySelect ? "selected" : undefined)}
            />
          </RecentTraffic>
          <Group justify="flex-end" mt="sm">
            <Paging list={list} state={state} onChange={onChange} />
          </Group>
        </div>
      )}
      <div className={styles.bars}>
        {maySelect && (
          <BulkBar
            selection={selection.selection}
            filter={filter}
            total={list.total}
            // Among all there may be items of types that this user must not change: then all are refused.
            maySelectAll={session.types === null}
            onSelectAll={selection.selectAll}
            onClear={selection.clear}
          />
        )}
        <SaveBar
          drafts={drafts.drafts}
          reason={drafts.reason}
          isSaving={drafts.isSaving}
          onSave={drafts.save}
          onDiscard={drafts.discard}
        />
      </div>
      {drafts.conflicts.length > 0 && (
        <ItemsConflictModal
          drafts={drafts.drafts}
          conflicts={drafts.conflicts}
          resolved={drafts.resolved}
          onResolve={drafts.resolve}
          onClose={drafts.giveUp}
        />
      )}
    </ListContext>
  );
}

type PagingProps = Pick<ItemsViewProps, "list" | "state" | "onChange">;

function Paging({ list, state, onChange }: PagingProps) {
  const text = useText();
  if (list.total <= usualPageSize) return null;
  return (
    <Group gap="sm">
      {state.show === "all" ? (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({ show: undefined })}>
          {text("items.showPages")}
        </Button>
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({ show: "all", page: undefined })}>
          {text("items.showAll", { count: list.total })}
        </Button>
      )}
      <Pager
        page={list.page}
        pageSize={list.pageSize}
        total={list.total}
        onChange={(to) => onChange({ page: to === 1 ? undefined : String(to) })}
      />
    </Group>
  );
}
