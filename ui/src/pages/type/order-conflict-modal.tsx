import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useText } from "../../i18n/use-text.ts";
import type { Lanes } from "./lanes.ts";
import styles from "./order-conflict-modal.module.css";
import type { OrderConflict } from "./use-order.ts";

interface OrderConflictModalProps {
  readonly conflict: OrderConflict;
  readonly now: Lanes;
  readonly nameOf: (id: string) => string;
  readonly onOverwrite: () => void;
  readonly onGiveUp: () => void;
}

/** Both orders beside each other, for the operator to choose one. */
export function OrderConflictModal({
  conflict,
  now,
  nameOf,
  onOverwrite,
  onGiveUp,
}: OrderConflictModalProps) {
  const text = useText();
  const lane = text(`status.${conflict.status}`);
  const theirs = now[conflict.status];
  return (
    <Modal
      opened
      onClose={onGiveUp}
      size="lg"
      title={text("type.conflict.title")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack>
        <Text size="sm">{text("type.conflict.hint")}</Text>
        <div className={styles.versions}>
          <LaneVersion
            title={text("type.conflict.yours", { lane })}
            ids={conflict.wanted}
            other={theirs}
            nameOf={nameOf}
          />
          <LaneVersion
            title={text("type.conflict.theirs", { lane })}
            ids={theirs}
            other={conflict.wanted}
            nameOf={nameOf}
          />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onGiveUp} data-autofocus>
            {text("type.conflict.keepTheirs")}
          </Button>
          <Button onClick={onOverwrite}>{text("type.conflict.useMine")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface LaneVersionProps {
  readonly title: string;
  readonly ids: readonly string[];
  readonly other: readonly string[];
  readonly nameOf: (id: string) => string;
}

function LaneVersion({ title, ids, other, nameOf }: LaneVersionProps) {
  return (
    <section aria-label={title}>
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
      <ol className={styles.lane}>
        {ids.map((id, index) => (
          <li key={id} className={other[index] === id ? undefined : styles.differs}>
            <bdi>{nameOf(id)}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
