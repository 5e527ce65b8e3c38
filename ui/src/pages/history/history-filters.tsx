import { Button, NativeSelect, Select } from "@mantine/core";
import { useTypes } from "../../api/queries.ts";
import { SavedFiltersMenu } from "../../components/saved-filters-menu.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { useText } from "../../i18n/use-text.ts";
import {
  asSource,
  type HistoryFilter,
  historySources,
  isFiltered,
  readHistoryFilter,
  writeHistoryFilter,
} from "./history-filter.ts";
import styles from "./history-filters.module.css";
import { ItemSelect } from "./item-select.tsx";
import { TypedInput } from "./typed-input.tsx";

interface HistoryFiltersProps {
  readonly filter: HistoryFilter;
  readonly onChange: (change: Partial<HistoryFilter>) => void;
  readonly onClear: () => void;
}

/** Of the types; others are found by typing a part of their names. */
const mostShown = 100;

export function HistoryFilters({ filter, onChange, onClear }: HistoryFiltersProps) {
  const text = useText();
  const types = useTypes().data?.types ?? [];
  const typeOptions = types.map(({ id, manager, name }) => ({ value: id, label: `${manager} / ${name}` }));
  const isUnknown = filter.type !== null && !types.some(({ id }) => id === filter.type);
  const any = { value: "", label: text("filter.any") };
  return (
    <search className={styles.filters} aria-label={text("history.filters")}>
      <Select
        label={text("history.filter.type")}
        placeholder={text("filter.any")}
        nothingFoundMessage={text("filter.none")}
        data={[...(isUnknown ? [{ value: filter.type, label: filter.type }] : []), ...typeOptions]}
        value={filter.type}
        onChange={(type) => onChange({ type })}
        limit={mostShown}
        searchable
        clearable
        clearButtonProps={{ "aria-label": text("filter.clear") }}
      />
      <ItemSelect value={filter.item} typeId={filter.type} onChange={(item) => onChange({ item })} />
      <TypedInput
        label={text("history.filter.actor")}
        hint={text("history.filter.actor.hint")}
        value={filter.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <TypedInput
        label={text("history.filter.reason")}
        hint={text("history.filter.reason.hint")}
        value={filter.reason}
        onChange={(reason) => onChange({ reason })}
      />
      <NativeSelect
        label={text("history.filter.source")}
        data={[
          any,
          ...historySources.map((source) => ({ value: source, label: text(`history.source.${source}`) })),
        ]}
        value={filter.source ?? ""}
        onChange={(event) => onChange({ source: asSource(event.currentTarget.value) })}
      />
      <TimeInput
        label={text("history.filter.since")}
        value={filter.since}
        onChange={(since) => onChange({ since })}
      />
      <TimeInput
        label={text("history.filter.until")}
        value={filter.until}
        onChange={(until) => onChange({ until })}
      />
      <SavedFiltersMenu
        list="history"
        filter={String(writeHistoryFilter(filter))}
        onChoose={(saved) => onChange(readHistoryFilter(saved))}
      />
      {isFiltered(filter) && (
        <Button variant="subtle" onClick={onClear}>
          {text("action.clearFilters")}
        </Button>
      )}
    </search>
  );
}
