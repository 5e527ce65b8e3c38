import { useState } from "react";
import type { PreviewResult, TypeDetail } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { conflictOf } from "../../api/api-error.ts";
import { request } from "../../api/client.ts";
import { useReorder } from "../../api/mutations.ts";
import { describeError } from "../../components/describe-error.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { findLane, isSameLane, type Lanes, lanesOf, mergeLane } from "./lanes.ts";

type TypeImpact = PreviewResult["types"][number];

/** An order that was not saved, because somebody else had changed the same items. */
export interface OrderConflict {
  readonly status: Status;
  readonly wanted: readonly string[];
}

export interface Order {
  /** As shown: with what is being saved. */
  readonly lanes: Lanes;
  readonly isSaving: boolean;
  readonly conflict: OrderConflict | undefined;
  /** `seen` is the type as it was when the operator began: what others changed since is not overwritten. */
  readonly save: (lanes: Lanes, movedId: string, seen: TypeDetail) => void;
  readonly overwrite: () => void;
  readonly giveUp: () => void;
}

interface Saving {
  readonly lanes: Lanes | undefined;
  /** The revision that has it, once it is saved: what was read before that shows the order of before. */
  readonly revision?: number;
}

/** The order of a type's items, shown as wanted while it is being saved, as it is otherwise. */
export function useOrder(type: TypeDetail): Order {
  const text = useText();
  const toast = useToast();
  const reorder = useReorder(type.id);
  const [sent, setSent] = useState<Saving>();
  const [conflict, setConflict] = useState<OrderConflict>();
  const now = lanesOf(type.items);
  const saving = sent?.revision !== undefined && sent.revision <= revisionOf(type) ? undefined : sent;

  async function send(status: Status, ids: readonly string[], seen: TypeDetail, shown: Lanes | undefined) {
    const versions = Object.fromEntries(
      seen.items.filter((item) => ids.includes(item.id)).map((item) => [item.id, item.version]),
    );
    setSent({ lanes: shown });
    setConflict(undefined);
    try {
      const impact = await impactOf(ids, status);
      const { changed, revision } = await reorder.mutateAsync({ ids, status, versions });
      setSent(changed === 0 ? undefined : { lanes: shown, revision });
      if (changed > 0) toast(...told(impact), revision);
    } catch (error) {
      setSent(undefined);
      if (conflictOf(error) !== undefined) {
        setConflict({ status, wanted: ids });
      } else {
        const { title, detail = "" } = describeError(error, text);
        toast("bad", text("type.notSaved", { title, detail }));
      }
    }
  }

  /** That it is saved, and what serves by it where that is another item. */
  function told(impact: TypeImpact | undefined): readonly ["good" | "bad", string] {
    if (impact?.effect === "unserved") return ["bad", text("type.ordered.unserved")];
    if (impact?.effect !== "switched" && impact?.effect !== "served") return ["good", text("type.ordered")];
    const [before, after] = [impact.before, impact.after].map((item) => (item ? itemTitle(item) : ""));
    return ["good", text(`type.ordered.${impact.effect}`, { before: before ?? "", after: after ?? "" })];
  }

  return {
    lanes: saving?.lanes ?? now,
    isSaving: saving !== undefined,
    conflict,
    save: (lanes, movedId, seen) => {
      const status = findLane(lanes, movedId);
      if (status === undefined || isSameLane(lanes[status], lanesOf(seen.items)[status])) return;
      void send(status, lanes[status], seen, lanes);
    },
    overwrite: () => {
      if (conflict === undefined) return;
      void send(conflict.status, mergeLane(conflict.wanted, now, conflict.status), type, undefined);
    },
    giveUp: () => setConflict(undefined),
  };
}

/** What the order would do, asked before it is made; undefined where that cannot be told. */
const impactOf = (order: readonly string[], status: Status): Promise<TypeImpact | undefined> =>
  request("POST /preview", { body: { order: [...order], status } }).then(
    ({ types }) => types[0],
    () => undefined,
  );

const revisionOf = ({ items }: TypeDetail): number => Math.max(0, ...items.map(({ revision }) => revision));
