import { useEffect, useId, useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { NumberInput } from "../../numbers/number-input.tsx";
import type { ReadNumber } from "../../numbers/read-number.ts";
import { useForm } from "../form-context.ts";
import { defaultText } from "./default-text.ts";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";
import { WithDefault } from "./with-default.tsx";

export function NumberField(field: FieldProps) {
  const { kind, schema, value, fallback, onChange } = field;
  const text = useText();
  const input = useInputProps(field);
  const { setUnreadable } = useForm();
  const id = useId();
  const [isUnreadable, setIsUnreadable] = useState(false);
  useEffect(() => () => setUnreadable(id, false), [id, setUnreadable]);
  const number = typeof value === "number" ? value : undefined;
  const range = rangeIn();
  const take = (read: ReadNumber) => {
    const isRead = read.kind === "number" || read.kind === "empty";
    setIsUnreadable(!isRead);
    setUnreadable(id, !isRead);
    if (isRead) onChange(read.kind === "number" ? read.value : emptyOf(field));
  };
  return (
    <WithDefault field={field} onUse={() => take({ kind: "empty" })}>
      <NumberInput
        {...input}
        {...(range === undefined ? {} : { description: <Hints hints={[input.description, range]} /> })}
        value={isUnreadable ? Number.NaN : number}
        wanted={kind.kind === "integer" ? "integer" : "number"}
        limits={schema}
        fallback={typeof fallback === "number" ? fallback : undefined}
        onRead={take}
        placeholder={
          fallback === undefined ? "" : text("form.default", { value: defaultText(fallback, text) })
        }
        maw="20rem"
      />
    </WithDefault>
  );

  function rangeIn(): string | undefined {
    const least = limitOf(schema.minimum);
    const most = limitOf(schema.maximum);
    if (least !== undefined && most !== undefined) return text("form.range", { least, most });
    if (least !== undefined) return text("form.least", { least });
    return most === undefined ? undefined : text("form.most", { most });
  }
}

/** As it is typed. Schemas say of every whole number how far numbers reach at all. */
const limitOf = (limit: unknown): string | undefined =>
  typeof limit === "number" && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? String(limit) : undefined;

function Hints({ hints }: { readonly hints: readonly (string | undefined)[] }) {
  const [first, second] = hints.filter((hint) => hint !== undefined);
  return (
    <>
      {first}
      {second !== undefined && <br />}
      {second}
    </>
  );
}
