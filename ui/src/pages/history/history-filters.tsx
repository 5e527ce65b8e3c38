import { Button, NativeSelect } from "@mantine/core";
import { useTypes } from "../../api/queries.ts";
import { TimeInput } from "../../components/time-input.tsx";
import { useText } from "../../i18n/use-text.ts";
import { asSource, type HistoryFilter, historySources, isFiltered } from "./history-filter.ts";
import styles from "./history-filters.module.css";
import { ItemSelect } from "./item-select.tsx";
import { TypedInput } from "./typed-input.tsx";

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
  const any = { value: "", label: text("filter.any") };
  return (
    <search className={styles.filters} aria-label={text("history.filters")}>
      <NativeSelect
        label={text("history.filter.type")}
        data={[any, ...(isUnknown ? [{ value: filter.type, label: filter.type }] : []), ...typeOptions]}
        value={filter.type ?? ""}
        onChange={(event) => onChange({ type: event.currentTarget.value || null })}
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
      {isFiltered(filter) && (
        <Button variant="subtle" onClick={onClear}>
          {text("action.clearFilters")}
        </Button>
      )}
    </search>
  );
}
