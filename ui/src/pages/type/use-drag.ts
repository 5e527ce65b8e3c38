import { move } from "@dnd-kit/helpers";
import type { DragEndEvent, DragOverEvent, DragStartEvent } from "@dnd-kit/react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { useLanguage } from "../../i18n/language-context.ts";
import { languages } from "../../i18n/languages.ts";
import { dragSensors } from "./drag-plugins.ts";
import { handleId } from "./handle-id.ts";
import { type Lanes, moveByStep, type Step } from "./lanes.ts";
import type { Order } from "./use-order.ts";

/** An item that is being dragged, out of the type as it was at the start. */
export interface Drag {
  readonly id: string;
  readonly lanes: Lanes;
  readonly seen: TypeDetail;
  readonly isByKeyboard: boolean;
}

/** What becomes of a drag, as screen readers are told. */
export interface DragTold {
  readonly started: (id: string) => void;
  readonly moved: (id: string, lanes: Lanes) => void;
  readonly dropped: (id: string, lanes: Lanes) => void;
  readonly canceled: (id: string) => void;
}

/** Drags by pointer and by keyboard: shown at once, saved when the item is dropped. */
export function useDrag(type: TypeDetail, order: Order, told: DragTold) {
  const { direction } = languages[useLanguage().language];
  const [drag, setDrag] = useState<Drag>();
  // Keys may come faster than pictures: what is dragged, and how far, is known before it shows.
  const current = useRef<Drag>(undefined);

  function set(next: Drag | undefined) {
    current.current = next;
    setDrag(next);
  }
  function moveTo(next: Lanes) {
    if (current.current === undefined || next === current.current.lanes) return;
    set({ ...current.current, lanes: next });
    told.moved(current.current.id, next);
  }
  function step(to: Step) {
    if (current.current !== undefined)
      moveTo(moveByStep(current.current.lanes, current.current.id, to, direction));
  }

  const latestStep = useRef(step);
  latestStep.current = step;
  const sensors = useMemo(() => dragSensors((to) => latestStep.current(to)), []);
  useKeptFocus(drag, order.isSaving);

  return {
    drag,
    sensors,
    onBeforeDragStart({ operation: { source, activatorEvent } }: Pick<DragStartEvent, "operation">) {
      if (source === null) return;
      const isByKeyboard = activatorEvent instanceof KeyboardEvent;
      set({ id: String(source.id), lanes: order.lanes, seen: type, isByKeyboard });
      told.started(String(source.id));
    },
    onDragOver(event: DragOverEvent) {
      if (current.current !== undefined)
        moveTo(move(current.current.lanes as Record<Status, string[]>, event));
    },
    onDragEnd({ canceled }: DragEndEvent) {
      const ended = current.current;
      set(undefined);
      if (ended === undefined) return;
      if (canceled) return told.canceled(ended.id);
      told.dropped(ended.id, ended.lanes);
      order.save(ended.lanes, ended.id, ended.seen);
    },
  };
}

/** A handle that is put elsewhere on the page loses the focus, and with it the operator their place. */
function useKeptFocus(drag: Drag | undefined, isSaving: boolean) {
  const held = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (drag?.isByKeyboard) held.current = drag.id;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (held.current !== undefined && isLost) document.getElementById(handleId(held.current))?.focus();
    if (drag === undefined && !isSaving) held.current = undefined;
  }, [drag, isSaving]);
}
