import { TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";

interface TimeInputProps {
  readonly label: string;
  /** ISO 8601 */
  readonly value: string | null;
  readonly onChange: (iso: string | null) => void;
}

/** The time of day where the browser is, as its input wants it: `2026-01-31T13:45`. */
function toLocal(iso: string | null): string {
  if (iso === null) return "";
  const date = new Date(iso);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/**
 * A date with a time. The browser's input keeps what is half typed to itself, so it is written to from
 * outside only while nobody is in it.
 */
export function TimeInput({ label, value, onChange }: TimeInputProps) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = toLocal(value);
  }, [value]);

  return (
    <TextInput
      ref={input}
      type="datetime-local"
      label={label}
      defaultValue={toLocal(value)}
      max="9999-12-31T23:59"
      onChange={(event) => {
        const local = event.currentTarget.value;
        onChange(local === "" ? null : new Date(local).toISOString());
      }}
    />
  );
}
