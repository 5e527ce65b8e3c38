import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";

interface SecretStateProps {
  /** As the server shows it; `at` is empty where nothing is known but that it is set. */
  readonly secret: { readonly at: string; readonly fingerprint: string };
}

/** Since when a secret is set, and by what to tell it from others. */
export function SecretState({ secret: { at, fingerprint } }: SecretStateProps) {
  const text = useText();
  const format = useFormat();
  if (at === "") return text("form.secret.set");
  return text("form.secret.setAt", { date: format.dateTime(at), fingerprint });
}
