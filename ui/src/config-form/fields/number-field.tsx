import { NumberInput } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { losesDigits } from "../../../../src/definition/exact-number.ts";
import { useText } from "../../i18n/use-text.ts";
import { useForm } from "../form-context.ts";
import { defaultText } from "./default-text.ts";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";
import { WithDefault } from "./with-default.tsx";

export function NumberField(field: FieldProps) {
  const { kind, schema, value, fallback, onChange } = field;
  const text = useText();
  const { error, ...input } = useInputProps(field);
  const { setUnreadable } = useForm();
  const id = useId();
  useEffect(() => () => setUnreadable(id, false), [id, setUnreadable]);
  // What is being typed, such as "1.", is not yet what it will be.
  const [typed, setTyped] = useState<number | string>();
  const isInexact = losesDigits(String(typed ?? ""));
  const number = typeof value === "number" ? value : undefined;
  const isShown = typed !== undefined && (isInexact || numberOf(typed) === number);
  const range = rangeIn();
  const type = (next: number | string) => {
    setTyped(next);
    setUnreadable(id, losesDigits(String(next)));
    if (!losesDigits(String(next))) onChange(numberOf(next) ?? emptyOf(field));
  };
  return (
    <WithDefault field={field} onUse={() => type("")}>
      <NumberInput
        {...input}
        {...(range === undefined ? {} : { description: <Hints hints={[input.description, range]} /> })}
        error={isInexact ? text("form.number.inexact") : error}
        value={isShown ? typed : (number ?? "")}
        onChange={type}
        allowDecimal={kind.kind === "number"}
        placeholder={
          fallback === undefined ? "" : text("form.default", { value: defaultText(fallback, text) })
        }
        clampBehavior="none"
        // It would round what is refused here.
        trimLeadingZeroesOnBlur={false}
        dir="ltr"
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
