import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";

export function NumberField(field: FieldProps) {
  const { kind, schema, value, onChange } = field;
  const text = useText();
  const input = useInputProps(field);
  // What is being typed, such as "1.", is not yet what it will be.
  const [typed, setTyped] = useState<number | string>();
  const number = typeof value === "number" ? value : undefined;
  const range = rangeIn();
  return (
    <NumberInput
      {...input}
      {...(range === undefined ? {} : { description: <Hints hints={[input.description, range]} /> })}
      value={typed !== undefined && numberOf(typed) === number ? typed : (number ?? "")}
      onChange={(next) => {
        setTyped(next);
        onChange(numberOf(next) ?? emptyOf(field));
      }}
      allowDecimal={kind.kind === "number"}
      {...(typeof schema.default === "number" ? { placeholder: String(schema.default) } : {})}
      clampBehavior="none"
      dir="ltr"
      maw="20rem"
    />
  );

  function rangeIn(): string | undefined {
    const least = limitOf(schema.minimum);
    const most = limitOf(schema.maximum);
    if (least !== undefined && most !== undefined) return text("form.range", { least, most });
    if (least !== undefined) return text("form.least", { least });
    return most === undefined ? undefined : text("form.most", { most });
  }
}

const numberOf = (typed: number | string): number | undefined =>
  typed === "" || Number.isNaN(Number(typed)) ? undefined : Number(typed);

/** Schemas say of every whole number how far numbers reach at all. */
const limitOf = (limit: unknown): number | undefined =>
  typeof limit === "number" && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;

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
