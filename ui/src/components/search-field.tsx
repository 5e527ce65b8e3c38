import { CloseButton, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Icon } from "./icon.tsx";

interface SearchFieldProps {
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
  /** How long typing must rest before the value counts; none for what is found in memory. */
  readonly restMs?: number;
}

export function SearchField({ value, placeholder, onChange, restMs = 0 }: SearchFieldProps) {
  const text = useText();
  const [typed, setTyped] = useState(value);
  const given = useRef(value);

  // Set from outside, such as by "Clear all filters".
  useEffect(() => {
    if (value === given.current) return;
    given.current = value;
    setTyped(value);
  }, [value]);

  useEffect(() => {
    if (typed === given.current) return;
    const timer = setTimeout(() => {
      given.current = typed;
      onChange(typed);
    }, restMs);
    return () => clearTimeout(timer);
  }, [typed, restMs, onChange]);

  return (
    <TextInput
      type="search"
      aria-label={text("filter.search")}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      leftSection={<Icon name="search" size={16} />}
      rightSection={
        typed !== "" && (
          <CloseButton size="sm" aria-label={text("filter.clear")} onClick={() => setTyped("")} />
        )
      }
      flex="3 1 14rem"
    />
  );
}
