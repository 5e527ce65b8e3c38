import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { hasCode } from "../../api/api-error.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { isLabel, LabelField } from "../../components/label-field.tsx";
import { useText } from "../../i18n/use-text.ts";
import { ReasonField } from "../../reasons/reason-field.tsx";
import type { Reason } from "../../reasons/use-reason.ts";

interface LabelModalProps {
  readonly opened: boolean;
  readonly title: string;
  readonly hint: string;
  /** What stands in the field at first. */
  readonly label: string;
  readonly confirm: string;
  readonly reason: Reason;
  readonly isPending: boolean;
  readonly error: unknown;
  /** What is asked beside the label. */
  readonly children?: ReactNode;
  readonly onConfirm: (label: string) => void;
  readonly onClose: () => void;
}

/** Asks for a label; one that is taken is said at its field. */
export function LabelModal(props: LabelModalProps) {
  const text = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <LabelForm {...props} />
    </Modal>
  );
}

/** Mounted with the modal, so that it starts anew each time. */
function LabelForm({
  hint,
  label,
  confirm,
  reason,
  isPending,
  error,
  children,
  onConfirm,
  onClose,
}: LabelModalProps) {
  const text = useText();
  const [typed, setTyped] = useState(label);
  const [refused, setRefused] = useState<string>();
  const isTaken = hasCode(error, "LABEL_TAKEN") && refused === typed;
  const mayConfirm = isLabel(typed) && reason.isReady;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!mayConfirm || isPending) return;
    setRefused(typed);
    onConfirm(typed.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{hint}</Text>
        <LabelField value={typed} isTaken={isTaken} onChange={setTyped} autoFocus />
        {children}
        <ReasonField reason={reason} />
        {error !== null && !hasCode(error, "LABEL_TAKEN") && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={!mayConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
