import { DragDropProvider } from "@dnd-kit/react";
import { VisuallyHidden } from "@mantine/core";
import { useMemo, useState } from "react";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useText } from "../../i18n/use-text.ts";
import { statuses } from "../../statuses.ts";
import { RecentTraffic } from "../../traffic/recent-traffic.tsx";
import { dragPlugins } from "./drag-plugins.ts";
import { dragInstructionsId } from "./handle-id.ts";
import { Lane } from "./lane.tsx";
import { findLane, type Lanes, moveTo } from "./lanes.ts";
import styles from "./order-board.module.css";
import { OrderConflictModal } from "./order-conflict-modal.tsx";
import { RetiredLane } from "./retired-lane.tsx";
import { useDrag } from "./use-drag.ts";
import { useOrder } from "./use-order.ts";

interface OrderBoardProps {
  readonly type: TypeDetail;
}

/** The items of a type in the order in which they serve; dragged, or moved step by step, to change it. */
export function OrderBoard({ type }: OrderBoardProps) {
  const text = useText();
  const order = useOrder(type);
  const [announcement, setAnnouncement] = useState("");
  const items = useMemo(() => new Map(type.items.map((item) => [item.id, item])), [type.items]);

  const inUse = useMemo(
    () => type.items.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id),
    [type.items],
  );

  const nameOf = (id: string) => {
    const item = items.get(id);
    return item === undefined ? id : itemTitle(item);
  };
  function say(what: "type.moved" | "type.drag.dropped", id: string, among: Lanes) {
    const status = findLane(among, id) ?? "active";
    const position = among[status].indexOf(id) + 1;
    setAnnouncement(text(what, { item: nameOf(id), position, lane: text(`status.${status}`) }));
  }
  const { drag, ...dragging } = useDrag(type, order, {
    started: (id) => setAnnouncement(text("type.drag.started", { item: nameOf(id) })),
    moved: (id, among) => say("type.moved", id, among),
    dropped: (id, among) => say("type.drag.dropped", id, among),
    canceled: (id) => setAnnouncement(text("type.drag.canceled", { item: nameOf(id) })),
  });
  const lanes = drag?.lanes ?? order.lanes;

  function step(id: string, to: Status, index: number) {
    const next = moveTo(lanes, id, to, index);
    say("type.moved", id, next);
    order.save(next, id, type);
  }

  return (
    <RecentTraffic of="items" ids={inUse}>
      <DragDropProvider plugins={dragPlugins} {...dragging}>
        <div className={styles.board}>
          {statuses.map((status) => (
            <Lane
              key={status}
              status={status}
              ids={lanes[status]}
              lanes={lanes}
              items={items}
              draggedId={drag?.id}
              mayMove={type.mayWrite}
              isSaving={order.isSaving}
              onMove={step}
            />
          ))}
        </div>
      </DragDropProvider>
      <RetiredLane items={type.items.filter((item) => item.retiredAt !== null)} />
      <div id={dragInstructionsId} hidden>
        {text("type.drag.instructions")}
      </div>
      <VisuallyHidden aria-live="polite">{announcement}</VisuallyHidden>
      {order.conflict !== undefined && (
        <OrderConflictModal
          conflict={order.conflict}
          now={order.lanes}
          nameOf={nameOf}
          onOverwrite={order.overwrite}
          onGiveUp={order.giveUp}
        />
      )}
    </RecentTraffic>
  );
}
