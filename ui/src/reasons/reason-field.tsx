import { TextInput, type TextInputProps } from "@mantine/core";
import { useText } from "../i18n/use-text.ts";
import { longestReason, type Reason } from "./use-reason.ts";

interface ReasonFieldProps extends Pick<TextInputProps, "size" | "className" | "mt"> {
  readonly reason: Reason;
  /** Whether a dialogue opens with this field, where it has to be filled in. */
  readonly isFirst?: boolean;
}

/** Why something is changed, for the history. */
export function ReasonField({ reason, isFirst = false, ...rest }: ReasonFieldProps) {
  const text = useText();
  const { typed, type, isRequired, isLong } = reason;
  return (
    <TextInput
      {...rest}
      {...(isFirst && isRequired && { "data-autofocus": true })}
      label={text(isRequired ? "reasons.required" : "reasons.optional")}
      error={isLong ? text("reasons.long", { most: longestReason }) : undefined}
      required={isRequired}
      dir="auto"
      autoComplete="off"
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}
