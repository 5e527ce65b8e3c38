import { useEffect, useId } from "react";
import { useForm } from "../form-context.ts";
import { JsonInput } from "../json-input.tsx";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";

/** A value that may be anything. */
export function JsonField(field: FieldProps) {
  const { value, onChange } = field;
  const input = useInputProps(field);
  const id = useId();
  const { setUnreadable } = useForm();
  useEffect(() => () => setUnreadable(id, false), [id, setUnreadable]);
  return (
    <JsonInput
      {...input}
      initial={value}
      minRows={2}
      onChange={(parsed) => {
        setUnreadable(id, parsed.kind === "unreadable");
        if (parsed.kind === "empty") onChange(emptyOf(field));
        if (parsed.kind === "value") onChange(parsed.value);
      }}
    />
  );
}
