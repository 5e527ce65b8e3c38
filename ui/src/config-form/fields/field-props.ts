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

/** What is wrong with the value at a path, in one text. */
export function useIssueText(path: readonly string[]): string | undefined {
  const found = useForm().issues.filter(
    (issue) => issue.path.length === path.length && issue.path.every((key, index) => key === path[index]),
  );
  return found.length === 0 ? undefined : found.map(({ message }) => message).join("\n");
}

/** What all inputs have in common. */
export function useInputProps({ label, isUnlabelled, schema, path, isRequired, isNullable }: FieldProps) {
  const { isDisabled } = useForm();
  const error = useIssueText(path);
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
