import { SecretState } from "../../components/secret-state.tsx";
import { isShownSecret } from "../../config-form/secret-value.ts";
import { useText } from "../../i18n/use-text.ts";
import type { DraftValue } from "../../json.ts";
import { FieldValue } from "../history/field-value.tsx";

interface ConfigValueProps {
  readonly value: DraftValue;
  /** Whether it is a secret, of which what was typed is not shown. */
  readonly isSecret: boolean;
}

/** A value of a config as people read it. */
export function ConfigValue({ value, isSecret }: ConfigValueProps) {
  const text = useText();
  if (isShownSecret(value)) return <SecretState secret={value} />;
  if (isSecret && typeof value === "string") return text("config.secret.new");
  if (isSecret && value === null) return text("config.secret.removed");
  if (typeof value === "boolean") return text(value ? "config.yes" : "config.no");
  return <FieldValue field="" value={value} />;
}
