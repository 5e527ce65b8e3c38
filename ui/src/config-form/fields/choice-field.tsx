import { NativeSelect } from "@mantine/core";
import { useText } from "../../i18n/use-text.ts";
import { isSameJson } from "../../json.ts";
import type { ChoiceKind } from "../field-kind.ts";
import { emptyOf, type FieldProps, useInputProps } from "./field-props.ts";

/** One of a few values. */
export function ChoiceField(field: FieldProps<ChoiceKind>) {
  const { kind, value, isRequired, onChange } = field;
  const text = useText();
  const input = useInputProps(field);
  const chosen = kind.choices.findIndex((choice) => isSameJson(choice.value, value));
  return (
    <NativeSelect
      {...input}
      maw="30rem"
      value={chosen === -1 ? "" : String(chosen)}
      onChange={({ currentTarget }) =>
        onChange(kind.choices[Number(currentTarget.value || -1)]?.value ?? emptyOf(field))
      }
      data={[
        ...(isRequired && chosen !== -1
          ? []
          : [{ value: "", label: text(isRequired ? "form.choose" : "form.notSet") }]),
        ...kind.choices.map(({ title }, index) => ({ value: String(index), label: title })),
      ]}
    />
  );
}
