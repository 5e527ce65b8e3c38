import { useSortable } from "@dnd-kit/react/sortable";
import { memo } from "react";
import type { ExplainedItem } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { CodeName } from "../../components/code-name.tsx";
import { Icon } from "../../components/icon.tsx";
import { ItemName } from "../../components/item-name.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { ManagedBadge } from "../../components/managed-badge.tsx";
import { ReadinessBadge } from "../../components/readiness-badge.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { LeadNote } from "../../leads/lead-note.tsx";
import { Sparkline } from "../../traffic/sparkline.tsx";
import { dragInstructionsId, handleId } from "./handle-id.ts";
import styles from "./item-card.module.css";
import { ItemMenu } from "./item-menu.tsx";
import type { Lanes } from "./lanes.ts";
import { MoveMenuItems } from "./move-menu-items.tsx";

interface ItemCardProps {
  readonly item: ExplainedItem;
  readonly lane: Status;
  readonly index: number;
  readonly lanes: Lanes;
  readonly isDragged: boolean;
  readonly mayWrite: boolean;
  readonly isSaving: boolean;
  readonly onMove: (id: string, to: Status, index: number) => void;
}

/** An item in its lane, with a handle to drag it and a menu that moves it in steps. */
export const ItemCard = memo(function ItemCard(props: ItemCardProps) {
  const { item, lane, index, lanes, isDragged, mayWrite, isSaving, onMove } = props;
  const mayMove = mayWrite && item.managed === null;
  const text = useText();
  const format = useFormat();
  const isServing = item.reason === "selected";
  const { ref, handleRef } = useSortable({
    id: item.id,
    index,
    group: lane,
    type: "item",
    accept: "item",
    // What a file manages stays where it is, and others are dropped around it.
    disabled: { draggable: !mayMove || isSaving, droppable: !mayWrite || isSaving },
  });
  const classes = [styles.card, isServing && styles.serving, isDragged && styles.dragged];

  return (
    <li ref={ref} className={classes.filter(Boolean).join(" ")}>
      {mayMove && (
        <button
          type="button"
          ref={handleRef}
          id={handleId(item.id)}
          className={styles.handle}
          aria-pressed={isDragged}
          aria-describedby={dragInstructionsId}
          aria-label={text("type.handle", { item: itemTitle(item) })}
        >
          <Icon name="grip" />
        </button>
      )}
      <div className={styles.content}>
        <div className={styles.line}>
          <span className={styles.position} title={text("type.lane.position", { position: index + 1 })}>
            {format.number(index + 1)}
          </span>
          <ItemName item={item} withModule={false} />
          <ManagedBadge item={item} />
          {isServing && (
            <ToneBadge tone="good">
              <Icon name="play" size={12} />
              {text("word.servingNow")}
            </ToneBadge>
          )}
          {!isServing && item.readiness.kind === "ready" && <ReadinessBadge readiness={item.readiness} />}
        </div>
        <div className={styles.facts}>
          <CodeName name={item.module} />
          <span className="tabular">
            {text("word.priority")} {format.number(item.priority)}
          </span>
          <Sparkline id={item.id} />
        </div>
        {item.readiness.kind !== "idle" && item.readiness.kind !== "ready" && (
          <ReadinessBadge readiness={item.readiness} hold={item.hold} />
        )}
        {item.lead !== null && (
          <div>
            <LeadNote lead={item.lead} />
          </div>
        )}
      </div>
      {mayWrite && (
        <ItemMenu item={item}>
          {mayMove && (
            <MoveMenuItems item={item} lane={lane} lanes={lanes} isSaving={isSaving} onMove={onMove} />
          )}
        </ItemMenu>
      )}
    </li>
  );
});
