import { Textarea, type TextareaProps } from "@mantine/core";
import { useState } from "react";
import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { useText } from "../i18n/use-text.ts";
import type { DraftValue } from "../json.ts";
import styles from "./config-form.module.css";
import { type ParsedJson, parseJson } from "./parse-json.ts";

interface JsonInputProps extends Omit<TextareaProps, "value" | "onChange"> {
  readonly initial: DraftValue;
  readonly onChange: (parsed: ParsedJson) => void;
}

/** A value written as JSON; says where it cannot be read. */
export function JsonInput({ initial, onChange, error, ...props }: JsonInputProps) {
  const text = useText();
  const [written, setWritten] = useState(() => formatJson(initial));
  const parsed = parseJson(written);
  return (
    <Textarea
      {...props}
      value={written}
      onChange={({ currentTarget }) => {
        setWritten(currentTarget.value);
        onChange(parseJson(currentTarget.value));
      }}
      error={problem() ?? error}
      autosize
      maxRows={30}
      dir="ltr"
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: styles.code ?? "" }}
    />
  );

  function problem(): string | undefined {
    if (parsed.kind === "inexact") return text("form.json.inexact", parsed.at);
    if (parsed.kind !== "unreadable") return undefined;
    return parsed.at === undefined ? text("form.json.unreadable") : text("form.json.unreadableAt", parsed.at);
  }
}

const formatJson = (value: DraftValue): string =>
  value === undefined ? "" : JSON.stringify(value satisfies JsonValue, null, 2);
