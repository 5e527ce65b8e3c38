import { Select } from "@mantine/core";
import { useText } from "../i18n/use-text.ts";

interface SearchSelectProps {
  /** Said to screen readers, and shown where nothing is chosen. */
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

const mostShown = 100;

/** Narrows a list to one value of many, found by typing a part of it. */
export function SearchSelect({ label, value, options, onChange }: SearchSelectProps) {
  const text = useText();
  // An old link may name what no longer exists; hiding that would hide why nothing is found.
  const known = value === undefined || options.includes(value) ? options : [value, ...options];
  return (
    <Select
      aria-label={label}
      placeholder={`${label}: ${text("filter.any")}`}
      nothingFoundMessage={text("filter.none")}
      data={known}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      limit={mostShown}
      searchable
      clearable
      clearButtonProps={{ "aria-label": text("filter.clear") }}
      flex="1 1 10rem"
      maw="15rem"
    />
  );
}
