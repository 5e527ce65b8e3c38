import { Button } from "@mantine/core";
import type { ReactTable } from "@tanstack/react-table";
import { useCallback, useMemo } from "react";
import type { ItemInfo, ItemList } from "../../../../src/admin/contract/contract.ts";
import { FilterBar } from "../../components/filter-bar.tsx";
import { FilterSelect } from "../../components/filter-select.tsx";
import { SavedFiltersMenu } from "../../components/saved-filters-menu.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { SearchSelect } from "../../components/search-select.tsx";
import { useText } from "../../i18n/use-text.ts";
import { statuses } from "../../statuses.ts";
import { SortMenu } from "../../table/sort-menu.tsx";
import type { PanelTable } from "../../table/table-features.ts";
import { addressOf, urlValues } from "../../url-state.ts";
import { differences, filterOf, type ItemsState, readinesses, savedItemsNames } from "./items-query.ts";

interface ItemsFilterBarProps {
  readonly table: ReactTable<PanelTable, ItemInfo>;
  readonly facets: ItemList["facets"];
  readonly state: ItemsState;
  readonly onChange: (changes: ItemsState) => void;
}

/** The server searches: not at every keystroke. */
const restMs = 250;

const same = (values: readonly string[]) => [...new Set(values)].map((value) => ({ value, label: value }));

export function ItemsFilterBar({ table, facets, state, onChange }: ItemsFilterBarProps) {
  const text = useText();
  const search = useCallback((value: string) => onChange({ search: value, page: undefined }), [onChange]);
  const options = useMemo(
    () => ({
      manager: same(facets.managers),
      module: same(facets.modules),
      status: statuses.map((status) => ({ value: status, label: text(`status.${status}`) })),
      readiness: readinesses.map((kind) => ({ value: kind, label: text(`readiness.${kind}`) })),
    }),
    [facets, text],
  );
  const types = useMemo(() => [...new Set(facets.types.map(({ name }) => name))], [facets]);
  const isFiltered = Object.keys(filterOf(state)).length > 0;

  const select = (name: keyof typeof options) => (
    <FilterSelect
      key={name}
      label={text(`word.${name}`)}
      value={state[name]}
      options={options[name]}
      onChange={(value) => onChange({ [name]: value, page: undefined })}
    />
  );

  return (
    <FilterBar label={text("items.filters")}>
      <SearchField
        value={state.search ?? ""}
        placeholder={text("items.search")}
        onChange={search}
        restMs={restMs}
      />
      {(["status", "readiness"] as const).map(select)}
      <SearchSelect
        label={text("word.type")}
        value={state.type}
        options={types}
        onChange={(type) => onChange({ type, page: undefined })}
      />
      {(["manager", "module"] as const).map(select)}
      <FilterSelect
        label={text("items.differs")}
        unset={`${text("items.differs.short")}: ${text("filter.any")}`}
        value={state.differsFromCode}
        options={differences.map((value) => ({ value, label: text(`items.differs.${value}`) }))}
        onChange={(differsFromCode) => onChange({ differsFromCode, page: undefined })}
      />
      <FilterSelect
        label={text("items.retired")}
        value={state.retired}
        unset={text("items.retired.hidden")}
        options={(["true", "include"] as const).map((value) => ({
          value,
          label: text(`items.retired.${value}`),
        }))}
        onChange={(retired) => onChange({ retired, page: undefined })}
      />
      <SortMenu table={table} />
      <SavedFiltersMenu
        list="items"
        filter={addressOf(state, savedItemsNames)}
        onChoose={(saved) => onChange({ ...urlValues(saved, savedItemsNames), page: undefined })}
      />
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() =>
            onChange({
              search: undefined,
              status: undefined,
              readiness: undefined,
              type: undefined,
              manager: undefined,
              module: undefined,
              differsFromCode: undefined,
              retired: undefined,
              page: undefined,
            })
          }
        >
          {text("action.clearFilters")}
        </Button>
      )}
    </FilterBar>
  );
}
