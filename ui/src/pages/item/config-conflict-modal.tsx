import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ItemInfo } from "../../../../src/admin/api.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { useText } from "../../i18n/use-text.ts";
import type { DraftValue } from "../../json.ts";
import { ConfigConflictTable } from "./config-conflict-table.tsx";
import { LastChange } from "./last-change.tsx";

/** What two operators made of one config. */
export interface ConfigConflict {
  /** The config that both started from. */
  readonly base: JsonValue;
  readonly mine: DraftValue;
  /** The item as the other one left it. */
  readonly theirs: ItemInfo;
}

interface ConfigConflictModalProps {
  readonly opened: boolean;
  /** Stays while the modal closes, which still shows it. */
  readonly conflict: ConfigConflict | undefined;
  readonly secrets: readonly string[];
  readonly isPending: boolean;
  readonly onKeepMine: (conflict: ConfigConflict) => void;
  readonly onTakeTheirs: (theirs: ItemInfo) => void;
  readonly onClose: () => void;
}

/** Shows both configs where they differ and lets the operator choose; closing it leaves everything as it is. */
export function ConfigConflictModal(props: ConfigConflictModalProps) {
  const { conflict, secrets, isPending } = props;
  const text = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={text("item.conflict.title")}
      size="xl"
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      {conflict && (
        <Stack gap="sm">
          <Text size="sm">{text("item.conflict.text")}</Text>
          <LastChange itemId={conflict.theirs.id} />
          <ConfigConflictTable conflict={conflict} secrets={secrets} />
          <Group justify="flex-end">
            <Button
              variant="default"
              disabled={isPending}
              onClick={() => props.onTakeTheirs(conflict.theirs)}
              data-autofocus
            >
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
