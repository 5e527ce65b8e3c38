import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { VisuallyHidden } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { TypeDetail } from "../../../../src/admin/api.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useText } from "../../i18n/use-text.ts";
import { statuses } from "../../statuses.ts";
import { dragPlugins } from "./drag-plugins.ts";
import { Lane } from "./lane.tsx";
import { findLane, type Lanes, moveTo } from "./lanes.ts";
import styles from "./order-board.module.css";
import { OrderConflictModal } from "./order-conflict-modal.tsx";
import { RetiredLane } from "./retired-lane.tsx";
import { useOrder } from "./use-order.ts";

interface OrderBoardProps {
  readonly type: TypeDetail;
}

/** An order that is being made by dragging, out of the type as it was at the start. */
interface Dragged {
  readonly lanes: Lanes;
  readonly seen: TypeDetail;
}

/** The items of a type in the order in which they serve; dragged, or moved step by step, to change it. */
export function OrderBoard({ type }: OrderBoardProps) {
  const text = useText();
  const order = useOrder(type);
  const [dragged, setDragged] = useState<Dragged>();
  const [announcement, setAnnouncement] = useState("");
  const lanes = dragged?.lanes ?? order.lanes;
  const items = useMemo(() => new Map(type.items.map((item) => [item.id, item])), [type.items]);

  const nameOf = (id: string) => {
    const item = items.get(id);
    if (item !== undefined) return itemTitle(item);
    return statuses.some((status) => status === id) ? text(`status.${id as Status}`) : id;
  };
  const whereIs = (among: Lanes, id: string) => {
    const status = findLane(among, id) ?? "active";
    return text("type.moved", {
      item: nameOf(id),
      position: among[status].indexOf(id) + 1,
      lane: text(`status.${status}`),
    });
  };

  // The plugins are made once; what they say is of the moment.
  const current = useRef({ text, nameOf, whereIs, lanes });
  current.current = { text, nameOf, whereIs, lanes };
  const plugins = useMemo(
    () =>
      dragPlugins({
        instructions: text("type.drag.instructions"),
        started: (id) => current.current.text("type.drag.started", { item: current.current.nameOf(id) }),
        over: (id) => current.current.whereIs(current.current.lanes, id),
        ended: (id) => current.current.whereIs(current.current.lanes, id),
        canceled: (id) => current.current.text("type.drag.canceled", { item: current.current.nameOf(id) }),
      }),
    [text],
  );

  function step(id: string, to: Status, index: number) {
    const next = moveTo(lanes, id, to, index);
    setAnnouncement(whereIs(next, id));
    order.save(next, id, type);
  }

  return (
    <>
      <DragDropProvider
        plugins={plugins}
        onDragStart={() => setDragged({ lanes: order.lanes, seen: type })}
        onDragOver={(event) =>
          setDragged(({ lanes: before, seen } = { lanes: order.lanes, seen: type }) => ({
            lanes: move(before as Record<Status, string[]>, event),
            seen,
          }))
        }
        onDragEnd={(event) => {
          const { source } = event.operation;
          if (!event.canceled && dragged !== undefined && source !== null) {
            order.save(dragged.lanes, String(source.id), dragged.seen);
          }
          setDragged(undefined);
        }}
      >
        <div className={styles.board}>
          {statuses.map((status) => (
            <Lane
              key={status}
              status={status}
              ids={lanes[status]}
              lanes={lanes}
              items={items}
              mayMove={type.mayWrite}
              isSaving={order.isSaving}
              onMove={step}
            />
          ))}
        </div>
      </DragDropProvider>
      <RetiredLane items={type.items.filter((item) => item.retiredAt !== null)} />
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
    </>
  );
}
