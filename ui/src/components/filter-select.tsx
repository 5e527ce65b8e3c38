import { NativeSelect } from "@mantine/core";
import { useDeferredValue, useMemo } from "react";
import { useText } from "../i18n/use-text.ts";
import styles from "./filter-select.module.css";

interface FilterSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  /** What stands there without a value. Default: that any value is shown. */
  readonly unset?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

const noOptions: FilterSelectProps["options"] = [];

/** Narrows a list to one value. The browser's own: quick with a thousand options, and made for phones there. */
export function FilterSelect({ label, value, unset, options, onChange }: FilterSelectProps) {
  const text = useText();
  // The choices come right after the page: there may be a thousand.
  const known = useDeferredValue(options, noOptions);
  // Made once: they would be compared at every keystroke.
  const choices = useMemo(
    () =>
      known.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      )),
    [known],
  );
  const isThere = value === undefined || known.some((option) => option.value === value);
  const chosen = options.find((option) => option.value === value);
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
      {...(value === undefined ? {} : { classNames: { input: styles.set ?? "" } })}
      flex="1 1 10rem"
      maw="15rem"
    >
      <option value="">{unset ?? `${label}: ${text("filter.any")}`}</option>
      {/* An old link may name what no longer exists; hiding that would hide why nothing is found. */}
      {!isThere && <option value={value}>{chosen?.label ?? value}</option>}
      {choices}
    </NativeSelect>
  );
}
