import { useDroppable } from "@dnd-kit/react";
import { Button, Text, Title } from "@mantine/core";
import { useDeferredValue, useState } from "react";
import type { ExplainedItem } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { countInSight } from "../../count-in-sight.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { ItemCard } from "./item-card.tsx";
import styles from "./lane.module.css";
import type { Lanes } from "./lanes.ts";

interface LaneProps {
  readonly status: Status;
  readonly ids: readonly string[];
  readonly lanes: Lanes;
  readonly items: ReadonlyMap<string, ExplainedItem>;
  readonly draggedId: string | undefined;
  readonly mayMove: boolean;
  readonly isSaving: boolean;
  readonly onMove: (id: string, to: Status, index: number) => void;
}

const shownAtFirst = 100;
const leastCardHeight = 56;
/** Below that of items: a lane is the target only where none of its items is. */
const lowPriority = 1;

export function Lane({ status, ids, lanes, items, draggedId, mayMove, isSaving, onMove }: LaneProps) {
  const text = useText();
  const format = useFormat();
  const [showsAll, setShowsAll] = useState(false);
  const { ref, isDropTarget } = useDroppable({
    id: status,
    type: "lane",
    accept: "item",
    collisionPriority: lowPriority,
  });
  // The cards in sight at once, so that the page can be used; then the others.
  const limit = useDeferredValue(shownAtFirst, countInSight(leastCardHeight, shownAtFirst));
  const shown = showsAll ? ids : ids.slice(0, limit);

  return (
    <section
      ref={ref}
      className={isDropTarget ? `${styles.lane} ${styles.target}` : styles.lane}
      aria-labelledby={`lane-${status}`}
    >
      <header className={styles.header}>
        <Title order={2} size="h5" id={`lane-${status}`}>
          {text(`status.${status}`)}
        </Title>
        <ToneBadge tone="calm">{format.number(ids.length)}</ToneBadge>
        <Text size="xs" c="dimmed" w="100%">
          {text(`type.lane.${status}.hint`)}
        </Text>
      </header>
      {ids.length === 0 ? (
        <Text size="sm" c="dimmed" className={styles.empty ?? ""}>
          {text("type.lane.empty")}
          {mayMove && ` · ${text("type.lane.drop")}`}
        </Text>
      ) : (
        <ol className={styles.items}>
          {shown.map((id, index) => {
            const item = items.get(id);
            return (
              item && (
                <ItemCard
                  key={id}
                  item={item}
                  lane={status}
                  index={index}
                  lanes={lanes}
                  isDragged={id === draggedId}
                  mayWrite={mayMove}
                  isSaving={isSaving}
                  onMove={onMove}
                />
              )
            );
          })}
        </ol>
      )}
      {shownAtFirst < ids.length && !showsAll && (
        <Button variant="subtle" fullWidth onClick={() => setShowsAll(true)}>
          {text("type.lane.showAll", { count: ids.length })}
        </Button>
      )}
    </section>
  );
}
