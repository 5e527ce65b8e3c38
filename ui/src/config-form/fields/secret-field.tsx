import { Button, Group, Text, TextInput } from "@mantine/core";
import { type ClipboardEvent, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { SecretState } from "../../components/secret-state.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "../config-form.module.css";
import { useForm } from "../form-context.ts";
import { isShownSecret } from "../secret-value.ts";
import { type FieldProps, useInputProps } from "./field-props.ts";

/** A secret is written and never read: of the one that is set it says so, and what is left blank keeps it. */
export function SecretField(field: FieldProps) {
  const { label, value, isRequired, onChange } = field;
  const text = useText();
  const { isDisabled } = useForm();
  const { description, ...input } = useInputProps(field);
  const [kept] = useState(() => (isShownSecret(value) ? value : undefined));
  const isRemoved = kept !== undefined && value === null;
  const set = (written: string) => onChange(written === "" ? kept : written);

  return (
    <div>
      <TextInput
        {...input}
        // The one that is set is as good as one that is typed.
        required={isRequired && kept === undefined}
        withAsterisk={isRequired}
        description={
          <>
            {description}
            {description !== undefined && <br />}
            <SecretHint kept={kept !== undefined} isRemoved={isRemoved}>
              {kept && <SecretState secret={kept} />}
            </SecretHint>
          </>
        }
        leftSection={<Icon name="lock" size={16} />}
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        dir="ltr"
        classNames={{ wrapper: styles.narrow ?? "" }}
        value={typeof value === "string" ? value : ""}
        placeholder={kept === undefined || isRemoved ? "" : "••••••••"}
        onChange={({ currentTarget }) => set(currentTarget.value)}
        onPaste={(event: ClipboardEvent<HTMLInputElement>) => pasteLines(event, set)}
      />
      {kept !== undefined && !isRequired && (
        <Group gap="xs" mt={4}>
          <Button
            size="compact-xs"
            variant="default"
            disabled={isDisabled}
            aria-label={text(isRemoved ? "form.secret.keep.named" : "form.secret.remove.named", {
              name: label,
            })}
            onClick={() => onChange(isRemoved ? kept : null)}
          >
            {text(isRemoved ? "form.secret.keep" : "form.secret.remove")}
          </Button>
        </Group>
      )}
    </div>
  );
}

interface SecretHintProps {
  readonly kept: boolean;
  readonly isRemoved: boolean;
  readonly children: React.ReactNode;
}

function SecretHint({ kept, isRemoved, children }: SecretHintProps) {
  const text = useText();
  if (!kept) return text("form.secret.none");
  if (isRemoved) {
    return (
      <Text span inherit c="var(--panel-warn-text)">
        {text("form.secret.removed")}
      </Text>
    );
  }
  return (
    <>
      {children} {text("form.secret.blank")}
    </>
  );
}

/** Keys in several lines are pasted whole; the box, which has one line, would drop the line breaks. */
function pasteLines(event: ClipboardEvent<HTMLInputElement>, set: (written: string) => void): void {
  const pasted = event.clipboardData.getData("text");
  const { selectionStart, selectionEnd, value } = event.currentTarget;
  const replacesAll = selectionStart === 0 && selectionEnd === value.length;
  if (!replacesAll || !pasted.trim().includes("\n")) return;
  event.preventDefault();
  set(pasted);
}
