import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useText } from "../../i18n/use-text.ts";

interface ActorInputProps {
  readonly value: string | null;
  readonly onChange: (actor: string | null) => void;
}

const pauseMs = 300;

/** Waits for a pause in the typing: half a name is nobody's. */
export function ActorInput({ value, onChange }: ActorInputProps) {
  const text = useText();
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
      label={text("history.filter.actor")}
      placeholder={text("history.filter.actor.hint")}
      value={typed}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
