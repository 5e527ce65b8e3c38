import { useForm } from "../form-context.ts";
import type { PartProps } from "../part-props.ts";

/** The field for a part of the part that a field is for. */
export function Part(props: PartProps) {
  const { Field } = useForm();
  return <Field {...props} />;
}
