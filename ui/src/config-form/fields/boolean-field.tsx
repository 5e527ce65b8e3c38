import { Checkbox } from "@mantine/core";
import { type FieldProps, useInputProps } from "./field-props.ts";

export function BooleanField(field: FieldProps) {
  // That a box has to be there does not mean that it has to be ticked.
  const { required: _required, ...input } = useInputProps(field);
  return (
    <Checkbox
      {...input}
      checked={field.value === true}
      onChange={({ currentTarget }) => field.onChange(currentTarget.checked)}
    />
  );
}
