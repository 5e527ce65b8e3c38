import { TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useText } from "../i18n/use-text.ts";

const longestLabel = 100;

/** Whether the server takes it for a label, if no other item has it. */
export const isLabel = (typed: string): boolean => {
  const label = typed.trim();
  return label !== "" && [...label].length <= longestLabel;
};

interface LabelFieldProps {
  readonly value: string;
  readonly isTaken: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (label: string) => void;
}

/** What tells an item from the others of its plugin. */
export function LabelField({ value, isTaken, autoFocus = false, onChange }: LabelFieldProps) {
  const text = useText();
  const isLong = value.trim() !== "" && !isLabel(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isTaken) input.current?.focus();
  }, [isTaken]);
  return (
    <TextInput
      ref={input}
      label={text("word.label")}
      description={text("item.label.hint")}
      error={
        isTaken
          ? text("error.labelTaken.title")
          : isLong
            ? text("item.label.long", { most: longestLabel })
            : undefined
      }
      required
      dir="auto"
      autoComplete="off"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...(autoFocus ? { "data-autofocus": true } : {})}
    />
  );
}
