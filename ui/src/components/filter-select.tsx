import { NativeSelect } from "@mantine/core";
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

/** Narrows a list to one value. The browser's own: quick with a thousand options, and made for phones there. */
export function FilterSelect({ label, value, unset, options, onChange }: FilterSelectProps) {
  const text = useText();
  const isKnown = value === undefined || options.some((option) => option.value === value);
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
      data={[
        { value: "", label: unset ?? `${label}: ${text("filter.any")}` },
        // An old link may name what no longer exists; hiding that would hide why nothing is found.
        ...(isKnown ? [] : [{ value: value ?? "", label: value ?? "" }]),
        ...options,
      ]}
      {...(value === undefined ? {} : { classNames: { input: styles.set ?? "" } })}
      flex="1 1 10rem"
      maw="15rem"
    />
  );
}
