import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text.ts";
import { LastChange } from "./last-change.tsx";

interface ConflictModalProps {
  readonly opened: boolean;
  readonly itemId: string;
  /** Both versions. */
  readonly children: ReactNode;
  readonly isPending: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Shows both versions and lets the operator choose; closing it leaves everything as it is. */
export function ConflictModal(props: ConflictModalProps) {
  const text = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={text("item.conflict.title")}
      size="xl"
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{text("item.conflict.text")}</Text>
        <LastChange itemId={props.itemId} />
        {props.children}
        <Group justify="flex-end">
          <Button variant="default" disabled={props.isPending} onClick={props.onTakeTheirs} data-autofocus>
            {text("item.conflict.takeTheirs")}
          </Button>
          <Button loading={props.isPending} onClick={props.onKeepMine}>
            {text("item.conflict.keepMine")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
