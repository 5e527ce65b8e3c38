import { useEffect, useId, useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { useForm } from "../form-context.ts";
import { JsonInput } from "../json-input.tsx";
import { isUnreadable } from "../parse-json.ts";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";
import { WithDefault } from "./with-default.tsx";

/** A value that may be anything. */
export function JsonField(field: FieldProps) {
  const { value, fallback, onChange } = field;
  const text = useText();
  // What is written stays as it is, until it gives way to the default.
  const [round, setRound] = useState(0);
  const input = useInputProps(field);
  const id = useId();
  const { setUnreadable } = useForm();
  useEffect(() => () => setUnreadable(id, false), [id, setUnreadable]);
  return (
    <WithDefault
      field={field}
      onUse={() => {
        setUnreadable(id, false);
        setRound(round + 1);
      }}
    >
      <JsonInput
        key={round}
        {...input}
        placeholder={fallback === undefined ? "" : text("form.default", { value: JSON.stringify(fallback) })}
        initial={round === 0 ? value : undefined}
        minRows={2}
        onChange={(parsed) => {
          setUnreadable(id, isUnreadable(parsed));
          if (parsed.kind === "empty") onChange(emptyOf(field));
          if (parsed.kind === "value") onChange(parsed.value);
        }}
      />
    </WithDefault>
  );
}
