import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

interface TypedInputProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | null;
  readonly onChange: (typed: string | null) => void;
}

const pauseMs = 300;

/** Waits for a pause in the typing: half a word finds something else. */
export function TypedInput({ label, hint, value, onChange }: TypedInputProps) {
  const [typed, setTyped] = useState(value ?? "");
  const [shown, setShown] = useState(value);

  // The address was changed by something else, such as the button that clears all filters.
  if (value !== shown) {
    setShown(value);
    if ((value ?? "") !== typed.trim()) setTyped(value ?? "");
  }

  useEffect(() => {
    const wanted = typed.trim() || null;
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);

  return (
    <TextInput
      label={label}
      placeholder={hint}
      value={typed}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
