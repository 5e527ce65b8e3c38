import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { ReasonField } from "../reasons/reason-field.tsx";
import type { Reason } from "../reasons/use-reason.ts";

interface ConfirmModalProps {
  readonly opened: boolean;
  readonly title: string;
  /** What happens, to how many, and whether it can be taken back. */
  readonly children: ReactNode;
  /** Why it is done. */
  readonly reason: Reason;
  /** The action's own verb, such as "Disable 12 items". */
  readonly confirm: string;
  readonly isDangerous?: boolean;
  readonly isPending?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function ConfirmModal(props: ConfirmModalProps) {
  const text = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack>
        <div>{props.children}</div>
        <ReasonField reason={props.reason} isFirst />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {text("action.cancel")}
          </Button>
          <Button
            {...(props.isDangerous === true ? { color: "red" } : {})}
            loading={props.isPending ?? false}
            onClick={props.onConfirm}
            disabled={!props.reason.isReady}
            {...(!props.reason.isRequired && { "data-autofocus": true })}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
