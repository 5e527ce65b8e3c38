import { useMemo } from "react";
import type { DraftValue } from "../../json.ts";
import { type ConstantKind, readField } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import type { PartProps } from "../part-props.ts";
import { BooleanField } from "./boolean-field.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { ChoicesField } from "./choices-field.tsx";
import { type FieldProps, textOf } from "./field-props.ts";
import { JsonField } from "./json-field.tsx";
import { ListField } from "./list-field.tsx";
import { NumberField } from "./number-field.tsx";
import { ObjectField } from "./object-field.tsx";
import { SecretField } from "./secret-field.tsx";
import { TextField } from "./text-field.tsx";
import { UnionField } from "./union-field.tsx";

/** The field for a part of the schema, whatever it is. */
export function Field({ part, ...props }: PartProps) {
  const { form, secrets } = useForm();
  const { value, path } = props;
  const read = useMemo(() => readField(part, form, value), [part, form, value]);
  const field: FieldProps = {
    ...props,
    ...read,
    label: textOf(read.schema.title) ?? props.name,
    // What has to be there has a default in name only: nothing holds in its place.
    fallback: props.isRequired ? undefined : (read.schema.default as DraftValue),
  };
  return secrets.includes(path.join(".")) ? <SecretField {...field} /> : <KindField {...field} />;
}

function KindField(field: FieldProps) {
  const { kind } = field;
  switch (kind.kind) {
    case "constant":
      return <ConstantField {...field} kind={kind} />;
    case "text":
      return <TextField {...field} />;
    case "number":
    case "integer":
      return <NumberField {...field} />;
    case "boolean":
      return <BooleanField {...field} />;
    case "choice":
      return <ChoiceField {...field} kind={kind} />;
    case "choices":
      return <ChoicesField {...field} kind={kind} />;
    case "object":
      return <ObjectField {...field} kind={kind} />;
    case "list":
      return <ListField {...field} kind={kind} />;
    case "union":
      return <UnionField {...field} kind={kind} />;
    case "json":
      return <JsonField {...field} />;
  }
}

/** What can have one value only has it by itself, unless it may be left out. */
function ConstantField(field: FieldProps<ConstantKind>) {
  const { value } = field.kind;
  if (field.isRequired || value === null) return null;
  return <ChoiceField {...field} kind={{ kind: "choice", choices: [{ value, title: String(value) }] }} />;
}
