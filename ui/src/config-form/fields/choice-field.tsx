import { NativeSelect } from "@mantine/core";
import { useText } from "../../i18n/use-text.ts";
import { isSameJson } from "../../json.ts";
import type { Choice, ChoiceKind } from "../field-kind.ts";
import { defaultText } from "./default-text.ts";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";

/** One of a few values. */
export function ChoiceField(field: FieldProps<ChoiceKind>) {
  const { kind, value, fallback, isRequired, isNullable, onChange } = field;
  const text = useText();
  const input = useInputProps(field);
  const nothing: Choice = { value: null, title: text("form.notSet") };
  // Left out, the default would hold.
  const choices = isNullable && fallback !== undefined ? [...kind.choices, nothing] : kind.choices;
  const chosen = choices.findIndex((choice) => isSameJson(choice.value, value));
  return (
    <NativeSelect
      {...input}
      maw="30rem"
      value={chosen === -1 ? "" : String(chosen)}
      onChange={({ currentTarget }) => {
        const choice = choices[Number(currentTarget.value || -1)];
        onChange(choice === undefined ? emptyOf(field) : choice.value);
      }}
      data={[
        ...(isRequired && chosen !== -1 ? [] : [{ value: "", label: withoutChoice() }]),
        ...choices.map(({ title }, index) => ({ value: String(index), label: title })),
      ]}
    />
  );

  function withoutChoice(): string {
    if (fallback === undefined) return text(isRequired ? "form.choose" : "form.notSet");
    const choice = choices.find((one) => isSameJson(one.value, fallback));
    return text("form.default.option", { value: choice?.title ?? defaultText(fallback, text) });
  }
}
