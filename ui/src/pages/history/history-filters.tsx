import { Button, Select } from "@mantine/core";
import { useTypes } from "../../api/queries.ts";
import { useText } from "../../i18n/use-text.ts";
import { ActorInput } from "./actor-input.tsx";
import { type HistoryFilter, historySources, isFiltered } from "./history-filter.ts";
import styles from "./history-filters.module.css";
import { ItemSelect } from "./item-select.tsx";
import { TimeInput } from "./time-input.tsx";

interface HistoryFiltersProps {
  readonly filter: HistoryFilter;
  readonly onChange: (change: Partial<HistoryFilter>) => void;
  readonly onClear: () => void;
}

export function HistoryFilters({ filter, onChange, onClear }: HistoryFiltersProps) {
  const text = useText();
  const types = useTypes().data?.types ?? [];
  const typeOptions = types.map(({ id, manager, name }) => ({ value: id, label: `${manager} / ${name}` }));
  const isUnknown = filter.type !== null && !types.some(({ id }) => id === filter.type);
  return (
    <search className={styles.filters} aria-label={text("history.filters")}>
      <Select
        label={text("history.filter.type")}
        placeholder={text("filter.any")}
        nothingFoundMessage={text("filter.none")}
        data={isUnknown ? [{ value: filter.type, label: filter.type }, ...typeOptions] : typeOptions}
        limit={100}
        value={filter.type}
        onChange={(type) => onChange({ type })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": text("filter.clear") }}
      />
      <ItemSelect value={filter.item} typeId={filter.type} onChange={(item) => onChange({ item })} />
      <ActorInput value={filter.actor} onChange={(actor) => onChange({ actor })} />
      <Select
        label={text("history.filter.source")}
        placeholder={text("filter.any")}
        data={historySources.map((source) => ({ value: source, label: text(`history.source.${source}`) }))}
        value={filter.source}
        onChange={(source) => onChange({ source })}
        clearable
        clearButtonProps={{ "aria-label": text("filter.clear") }}
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
      {isFiltered(filter) && (
        <Button variant="subtle" onClick={onClear}>
          {text("action.clearFilters")}
        </Button>
      )}
    </search>
  );
}
