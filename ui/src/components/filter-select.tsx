import { Select } from "@mantine/core";
import { useText } from "../i18n/use-text.ts";

interface FilterSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

/** Long lists can be searched; a thousand lines shown at once would help nobody. */
const mostShown = 100;
const longList = 10;

/** Narrows a list to one value; empty is all. */
export function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  const text = useText();
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data={[...options]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      clearable
      clearButtonProps={{ "aria-label": `${text("filter.clear")}: ${label}` }}
      searchable={options.length > longList}
      limit={mostShown}
      nothingFoundMessage={text("filter.none")}
      flex="1 1 7.5rem"
      maw="14rem"
    />
  );
}
