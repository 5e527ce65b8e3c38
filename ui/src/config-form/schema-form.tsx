import { useMemo } from "react";
import { type DraftValue, isJsonObject } from "../json.ts";
import { readField } from "./field-kind.ts";
import { Field } from "./fields/field.tsx";
import { ObjectFields } from "./fields/object-field.tsx";
import { FormContext, type FormValue } from "./form-context.ts";

interface SchemaFormProps extends Omit<FormValue, "Field"> {
  /** What it is called where the schema has no title for it. */
  readonly name: string;
  readonly value: DraftValue;
  readonly onChange: (value: DraftValue) => void;
}

/** A form for a config, out of its schema. Nothing is checked here: the server knows more than the schema says. */
export function SchemaForm({ name, value, onChange, ...rest }: SchemaFormProps) {
  const { form } = rest;
  const context = { ...rest, Field };
  const read = useMemo(() => readField(form.root, form, value), [form, value]);
  const field = { name, path: [], value, isRequired: true, onChange };
  return (
    <FormContext value={context}>
      {read.kind.kind === "object" ? (
        <ObjectFields
          {...field}
          {...read}
          kind={read.kind}
          label={name}
          fallback={undefined}
          value={isJsonObject(value) ? value : {}}
        />
      ) : (
        <Field {...field} part={form.root} />
      )}
    </FormContext>
  );
}
