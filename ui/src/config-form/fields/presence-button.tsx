import { Button } from "@mantine/core";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import { isJsonObject } from "../../json.ts";
import { useForm } from "../form-context.ts";
import type { JsonSchema } from "../json-schema.ts";
import { startingValue } from "../starting-value.ts";
import { emptyOf, type FieldProps } from "./field-props.ts";

interface PresenceButtonProps {
  readonly field: FieldProps;
  readonly isThere: boolean;
}

/** Adds as a whole what has parts, and takes it away where it may be left out. */
export function PresenceButton({ field, isThere }: PresenceButtonProps) {
  const { label: name, schema, isRequired, isNullable, onChange } = field;
  const text = useText();
  const { form, isDisabled } = useForm();
  if (!isThere) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={isDisabled}
        leftSection={<Icon name="plus" size={14} />}
        aria-label={text("form.add.named", { name })}
        onClick={() => onChange(startingValue(withoutNull(schema), form, undefined, true))}
      >
        {text("form.add")}
      </Button>
    );
  }
  if (isRequired && !isNullable) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      disabled={isDisabled}
      aria-label={text("form.remove.named", { name })}
      onClick={() => onChange(emptyOf(field))}
    >
      {text("form.remove")}
    </Button>
  );
}

/** The default of what was left out may be null, which would not add anything. */
const withoutNull = ({ default: initial, ...schema }: JsonSchema): JsonSchema =>
  isJsonObject(initial) || Array.isArray(initial) ? { ...schema, default: initial } : schema;
