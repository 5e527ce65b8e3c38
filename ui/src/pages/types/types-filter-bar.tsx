import { Button } from "@mantine/core";
import type { ReactTable } from "@tanstack/react-table";
import { useCallback, useMemo } from "react";
import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { ChoiceBar } from "../../components/choice-bar.tsx";
import { FilterBar } from "../../components/filter-bar.tsx";
import { FilterSelect } from "../../components/filter-select.tsx";
import { SavedFiltersMenu } from "../../components/saved-filters-menu.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { useText } from "../../i18n/use-text.ts";
import { SortMenu } from "../../table/sort-menu.tsx";
import type { PanelTable } from "../../table/table-features.ts";
import { addressOf, urlValues } from "../../url-state.ts";
import { isShown, type Shown, savedTypesNames, type TypesState } from "./types-filter.ts";

const tones = { all: "calm", unserved: "bad", problems: "warn" } as const;

interface TypesFilterBarProps {
  readonly types: readonly TypeInfo[];
  readonly table: ReactTable<PanelTable, TypeInfo>;
  readonly shown: Shown;
  readonly state: TypesState;
  readonly onChange: (changes: TypesState) => void;
}

export function TypesFilterBar({ types, table, shown, state, onChange }: TypesFilterBarProps) {
  const text = useText();
  const managers = useMemo(
    () =>
      [...new Set(types.map((type) => type.manager))]
        .toSorted((one, other) => one.localeCompare(other))
        .map((manager) => ({ value: manager, label: manager })),
    [types],
  );
  const search = useCallback((value: string) => onChange({ search: value, page: undefined }), [onChange]);
  const isFiltered = state.search !== undefined || state.manager !== undefined || shown !== "all";

  return (
    <FilterBar label={text("filter.search")}>
      <SearchField value={state.search ?? ""} placeholder={text("types.search")} onChange={search} />
      <FilterSelect
        label={text("word.manager")}
        value={state.manager}
        options={managers}
        onChange={(manager) => onChange({ manager, page: undefined })}
      />
      <SortMenu table={table} />
      <ChoiceBar
        label={text("types.show")}
        value={shown}
        onChange={(value) => onChange({ show: value === "all" ? undefined : value, page: undefined })}
        choices={(["all", "unserved", "problems"] as const).map((value) => {
          const count = types.filter(isShown[value]).length;
          return {
            value,
            label: text(`types.show.${value}`),
            count,
            tone: count > 0 ? tones[value] : "calm",
          };
        })}
      />
      <SavedFiltersMenu
        list="types"
        filter={addressOf(state, savedTypesNames)}
        onChoose={(saved) => onChange({ ...urlValues(saved, savedTypesNames), page: undefined })}
      />
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() =>
            onChange({ search: undefined, manager: undefined, show: undefined, page: undefined })
          }
        >
          {text("action.clearFilters")}
        </Button>
      )}
    </FilterBar>
  );
}
