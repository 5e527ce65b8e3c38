import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text.ts";
import styles from "../config-form.module.css";
import { useForm } from "../form-context.ts";
import { DefaultNote } from "./default-note.tsx";
import type { FieldProps } from "./field-props.ts";

interface WithDefaultProps {
  readonly field: FieldProps;
  readonly onUse?: () => void;
  readonly children: ReactNode;
}

/** A field, and below it the way back to its default once it has a value of its own. */
export function WithDefault({ field, onUse, children }: WithDefaultProps) {
  const { label, value, fallback, onChange } = field;
  const text = useText();
  const { isDisabled } = useForm();
  if (fallback === undefined) return children;
  return (
    <div>
      {children}
      {value !== undefined && (
        <div className={styles.wayBack}>
          <Button
            size="compact-xs"
            variant="default"
            disabled={isDisabled}
            aria-label={text("form.default.use.named", { name: label })}
            onClick={() => {
              onUse?.();
              onChange(undefined);
            }}
          >
            {text("form.default.use")}
          </Button>
          <DefaultNote field={field} isShown />
        </div>
      )}
    </div>
  );
}
