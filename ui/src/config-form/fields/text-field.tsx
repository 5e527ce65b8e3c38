import { Textarea, TextInput } from "@mantine/core";
import { type ChangeEvent, useState } from "react";
import { emptyOf, type FieldProps, textOf, useInputProps } from "./field-props.ts";

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
  const { schema, value, onChange } = field;
  const written = typeof value === "string" ? value : "";
  // Decided once: a field that turns into another while somebody types in it would lose the focus.
  const [isLong] = useState(() => Number(schema.maxLength ?? 0) > lineLength || written.includes("\n"));
  const type = inputTypes[String(schema.format)] ?? "text";
  const input = {
    ...useInputProps(field),
    value: written,
    placeholder: placeholderOf(schema),
    dir: type === "text" ? "auto" : "ltr",
    autoComplete: "off",
    spellCheck: false,
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange(currentTarget.value === "" ? emptyOf(field) : currentTarget.value),
  };
  return isLong ? (
    <Textarea {...input} autosize minRows={3} maxRows={16} />
  ) : (
    <TextInput {...input} type={type} />
  );
}

function placeholderOf({ default: initial, examples }: FieldProps["schema"]): string {
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return textOf(initial) ?? textOf(example) ?? "";
}
