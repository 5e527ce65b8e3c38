import { useText } from "../../i18n/use-text.ts";
import type { DraftValue } from "../../json.ts";
import type { FieldKind, ReadField } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import type { PartProps } from "../part-props.ts";

/** A field whose part of the schema was read. */
export interface FieldProps<Kind extends FieldKind = FieldKind>
  extends Omit<PartProps, "part">,
    Omit<ReadField, "kind"> {
  readonly kind: Kind;
  readonly label: string;
  /** The default, which holds as long as there is no value; undefined where there is none. */
  readonly fallback: DraftValue;
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** What is wrong with the value of a field, in one text; of one that has to be there and is not, only that. */
export function useIssueText({
  path,
  value,
  isRequired = false,
}: Pick<PartProps, "path" | "value"> & { readonly isRequired?: boolean }): string | undefined {
  const text = useText();
  const found = useForm().issues.filter(
    (issue) => issue.path.length === path.length && issue.path.every((key, index) => key === path[index]),
  );
  if (found.length === 0) return undefined;
  if (isRequired && value === undefined) return text("form.required");
  return found.map(({ message }) => message).join("\n");
}

/** What all inputs have in common. */
export function useInputProps(field: FieldProps) {
  const { label, isUnlabelled, schema, isRequired, isNullable } = field;
  const { isDisabled } = useForm();
  const error = useIssueText(field);
  const description = textOf(schema.description);
  return {
    ...(isUnlabelled ? { "aria-label": label } : { label }),
    ...(description === undefined ? {} : { description }),
    ...(error === undefined ? {} : { error }),
    required: isRequired && !isNullable,
    disabled: isDisabled || schema.readOnly === true,
  };
}

/** What a field that was emptied stands for. */
export const emptyOf = ({ isNullable, isRequired }: FieldProps): null | undefined =>
  isNullable && isRequired ? null : undefined;
