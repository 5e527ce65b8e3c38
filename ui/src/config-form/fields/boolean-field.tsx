import { Checkbox } from "@mantine/core";
import { useText } from "../../i18n/use-text.ts";
import { ChoiceField } from "./choice-field.tsx";
import { type FieldProps, useInputProps } from "./field-props.ts";

/** A box, where it is one or the other; where it may be left out as well, a box could not tell that from no. */
export function BooleanField(field: FieldProps) {
  const text = useText();
  const choices = [true, false].map((value) => ({ value, title: text(value ? "config.yes" : "config.no") }));
  if (field.isRequired && !field.isNullable) return <BoxField {...field} />;
  return <ChoiceField {...field} kind={{ kind: "choice", choices }} />;
}

function BoxField(field: FieldProps) {
  // That a box has to be there does not mean that it has to be ticked.
  const { required: _required, ...input } = useInputProps(field);
  return (
    <Checkbox
      {...input}
      checked={field.value === true}
      indeterminate={field.value === undefined}
      onChange={({ currentTarget }) => field.onChange(currentTarget.checked)}
    />
  );
}
