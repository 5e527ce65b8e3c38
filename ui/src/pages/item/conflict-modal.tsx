import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ItemInfo } from "../../../../src/admin/api.ts";
import { useText } from "../../i18n/use-text.ts";
import { ConflictTable } from "./conflict-table.tsx";
import { type ItemEdits, valuesOf } from "./item-values.ts";
import { LastChange } from "./last-change.tsx";

/** What two operators made of one item. */
export interface Conflict {
  readonly edits: ItemEdits;
  /** The item as the other one left it. */
  readonly theirs: ItemInfo;
}

interface ConflictModalProps {
  readonly opened: boolean;
  /** Stays while the modal closes, which still shows it. */
  readonly conflict: Conflict | undefined;
  readonly isPending: boolean;
  readonly onKeepMine: (conflict: Conflict) => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Shows both versions and lets the operator choose; closing it leaves everything as it is. */
export function ConflictModal(props: ConflictModalProps) {
  const { conflict, isPending } = props;
  const text = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={text("item.conflict.title")}
      size="lg"
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      {conflict && (
        <Stack gap="sm">
          <Text size="sm">{text("item.conflict.text")}</Text>
          <LastChange itemId={conflict.theirs.id} />
          <ConflictTable edits={conflict.edits} theirs={valuesOf(conflict.theirs)} />
          <Group justify="flex-end">
            <Button variant="default" disabled={isPending} onClick={props.onTakeTheirs} data-autofocus>
              {text("item.conflict.takeTheirs")}
            </Button>
            <Button loading={isPending} onClick={() => props.onKeepMine(conflict)}>
              {text("item.conflict.keepMine")}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
