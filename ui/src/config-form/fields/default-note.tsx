import { useText } from "../../i18n/use-text.ts";
import styles from "../config-form.module.css";
import { defaultText } from "./default-text.ts";
import type { FieldProps } from "./field-props.ts";

interface DefaultNoteProps {
  readonly field: FieldProps;
  readonly isShown: boolean;
}

/** Says what the default is of a field that has no box to say it in. */
export function DefaultNote({ field: { fallback }, isShown }: DefaultNoteProps) {
  const text = useText();
  if (!isShown || fallback === undefined) return null;
  return (
    <p className={styles.description} dir="auto">
      {text("form.default", { value: defaultText(fallback, text) })}
    </p>
  );
}
