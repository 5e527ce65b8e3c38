import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { itemTitle } from "../../components/item-title.ts";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { type Drafts, previewOf } from "./drafts.ts";
import styles from "./items-conflict-modal.module.css";

interface ItemsConflictModalProps {
  readonly drafts: Drafts;
  /** As they are now. */
  readonly conflicts: readonly ItemInfo[];
  /** What would be saved by the choice so far: the ids of the items for which the operator keeps what they typed. */
  readonly resolved: (keepsMine: ReadonlySet<string>) => Drafts;
  readonly onResolve: (keepsMine: ReadonlySet<string>) => void;
  readonly onClose: () => void;
}

/** Both versions of every item that somebody else changed meanwhile, and which of them to keep. */
export function ItemsConflictModal(props: ItemsConflictModalProps) {
  const { drafts, conflicts, resolved, onResolve, onClose } = props;
  const text = useText();
  const [keepsMine, setKeepsMine] = useState<ReadonlySet<string>>(new Set());
  const saved = resolved(keepsMine);

  function choose(id: string, choice: string) {
    const next = new Set(keepsMine);
    if (choice === "mine") next.add(id);
    else next.delete(id);
    setKeepsMine(next);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text("items.conflict.title")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack>
        <Text size="sm">{text("items.conflict.hint")}</Text>
        {conflicts.map((item) => {
          const draft = drafts.get(item.id);
          return (
            draft && (
              <Radio.Group
                key={item.id}
                label={<bdi>{itemTitle(item)}</bdi>}
                aria-label={text("items.conflict.choice", { item: itemTitle(item) })}
                value={keepsMine.has(item.id) ? "mine" : "theirs"}
                onChange={(choice) => choose(item.id, choice)}
              >
                <div className={styles.versions}>
                  <Version
                    value="mine"
                    title={text("items.conflict.yours")}
                    status={draft.status}
                    priority={draft.priority}
                  />
                  <Version
                    value="theirs"
                    title={text("items.conflict.theirs")}
                    status={item.status}
                    priority={String(item.priority)}
                  />
                </div>
              </Radio.Group>
            )
          );
        })}
        {saved.size > 0 && <Impact change={previewOf(saved)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
          <Button onClick={() => onResolve(keepsMine)}>{text("items.conflict.save")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface VersionProps {
  readonly value: string;
  readonly title: string;
  readonly status: Status;
  readonly priority: string;
}

function Version({ value, title, status, priority }: VersionProps) {
  const text = useText();
  return (
    <Radio
      className={styles.version ?? ""}
      value={value}
      label={
        <>
          <Text size="sm" fw={600} span>
            {title}
          </Text>
          <span className={styles.values}>
            <StatusBadge status={status} />
            <span className="tabular">
              {text("word.priority")} <bdi>{priority}</bdi>
            </span>
          </span>
        </>
      }
    />
  );
}
