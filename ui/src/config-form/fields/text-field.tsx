import { Textarea, TextInput } from "@mantine/core";
import { type ChangeEvent, useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { DefaultNote } from "./default-note.tsx";
import { defaultText } from "./default-text.ts";
import { emptyOf, type FieldProps, textOf, useInputProps } from "./field-props.ts";
import { WithDefault } from "./with-default.tsx";

/** Above this many characters a text wants more than a line. */
const lineLength = 200;

const inputTypes: Readonly<Record<string, string>> = {
  date: "date",
  email: "email",
  uri: "url",
  url: "url",
};

/** A line of text, or several where the schema or the value has room for them. */
export function TextField(field: FieldProps) {
  const { schema, value, fallback, onChange } = field;
  const text = useText();
  const written = typeof value === "string" ? value : "";
  // Decided once: a field that turns into another while somebody types in it would lose the focus.
  const [isLong] = useState(
    () => Number(schema.maxLength ?? 0) > lineLength || [written, String(fallback)].join().includes("\n"),
  );
  const type = inputTypes[String(schema.format)] ?? "text";
  const input = {
    ...useInputProps(field),
    value: written,
    placeholder: value === undefined ? placeholder() : "",
    dir: type === "text" ? "auto" : "ltr",
    autoComplete: "off",
    spellCheck: false,
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange(currentTarget.value === "" ? emptyOf(field) : currentTarget.value),
  };
  return (
    <WithDefault field={field}>
      {isLong ? (
        <Textarea {...input} autosize minRows={3} maxRows={16} />
      ) : (
        <TextInput {...input} type={type} />
      )}
      {/* A box for a date shows no placeholder. */}
      <DefaultNote field={field} isShown={type === "date" && value === undefined} />
    </WithDefault>
  );

  function placeholder(): string {
    if (fallback !== undefined) return text("form.default", { value: defaultText(fallback, text) });
    const { examples } = schema;
    return (Array.isArray(examples) ? textOf(examples[0]) : undefined) ?? "";
  }
}
