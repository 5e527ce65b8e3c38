import { type ComponentType, createContext, use } from "react";
import type { ConfigIssue } from "./config-issue.ts";
import type { Alternatives } from "./fields/use-alternatives.ts";
import type { RootSchema } from "./json-schema.ts";
import type { PartProps } from "./part-props.ts";

/** What every field of a form needs to know. */
export interface FormValue {
  readonly form: RootSchema;
  /** Paths such as `smtp.password`. */
  readonly secrets: readonly string[];
  readonly issues: readonly ConfigIssue[];
  readonly isDisabled: boolean;
  /** What the fields that offer alternatives know, while they are not shown. */
  readonly alternatives: Map<string, Alternatives>;
  /** Tells that what stands in a field is no value yet, which keeps the form from being saved. */
  readonly setUnreadable: (fieldId: string, isUnreadable: boolean) => void;
  /** Shows the field of any part: fields have fields, so they cannot import it. */
  readonly Field: ComponentType<PartProps>;
}

export const FormContext = createContext<FormValue | undefined>(undefined);

export function useForm(): FormValue {
  const value = use(FormContext);
  if (value === undefined) throw new Error("useForm is used outside of SchemaForm.");
  return value;
}
