import { Button } from "@mantine/core";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import { useForm } from "../form-context.ts";
import { startingValue } from "../starting-value.ts";
import { emptyOf, type FieldProps } from "./field-props.ts";

interface PresenceButtonProps {
  readonly field: FieldProps;
  readonly isThere: boolean;
  /** What the operator starts from who wants something else than the default; absent where there is nothing to start from. */
  readonly copy?: JsonValue;
}

/** Adds as a whole what has parts, and takes it away where it may be left out. */
export function PresenceButton({ field, isThere, copy }: PresenceButtonProps) {
  const { label: name, schema, fallback, isRequired, isNullable, onChange } = field;
  const text = useText();
  const { form, isDisabled } = useForm();
  const { default: _default, ...bare } = schema;
  if (!isThere && copy !== undefined) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={isDisabled}
        aria-label={text("form.default.change.named", { name })}
        onClick={() => onChange(copy)}
      >
        {text("form.default.change")}
      </Button>
    );
  }
  if (!isThere) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={isDisabled}
        leftSection={<Icon name="plus" size={14} />}
        aria-label={text("form.add.named", { name })}
        onClick={() => onChange(startingValue(bare, form, undefined, true))}
      >
        {text("form.add")}
      </Button>
    );
  }
  if (isRequired && !isNullable) return null;
  const isBack = fallback !== undefined;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      disabled={isDisabled}
      aria-label={text(isBack ? "form.default.use.named" : "form.remove.named", { name })}
      onClick={() => onChange(emptyOf(field))}
    >
      {text(isBack ? "form.default.use" : "form.remove")}
    </Button>
  );
}
