import { holdAt } from "../../definition/hold.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import { compareInUse } from "../../selection/order.ts";
import type { RowChange } from "../../store/change.ts";
import type { Current } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { warn } from "../../warn.ts";
import { ConflictError } from "../errors.ts";
import { requireItem } from "../item-of.ts";
import { untold } from "../untold.ts";
import { bringUpToDate, type View } from "../view.ts";
import { type Asker, outcomeOf } from "../writing/change-key.ts";
import { changeOf } from "../writing/change-of.ts";
import { type Changed, type ChangeOptions, changeOptionNames } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { checkVersion } from "./check-patch.ts";
import { orderRows } from "./order-rows.ts";

/** Who has an item serve, and what that depends on. */
export interface ServeNowOptions extends ChangeOptions {
  /** The version that the caller read. Default: none; whatever is there is changed. */
  readonly version?: number | undefined;
}

/** How an item is made the first choice at once. */
export interface ServeNowCalls {
  /**
   * Makes an item the first choice of its type, in one change: it becomes active, comes before all other active items,
   * and a hold of it ends. It has calls again in every process, whatever became of those before. The others keep their
   * status, and stand behind it. Whether it works is not tried: `checkItem` does that.
   *
   * @throws ItemNotFoundError, ConflictError where the item has another version or is retired, ManagedByFileError,
   *   ForbiddenError, InvalidOptionError, UnknownOptionError
   * @example
   * await plugbay.control.serveNow(vonage.id, { actor: "alice" });
   */
  serveNow(id: string, by: ServeNowOptions): Promise<Changed>;
}

const optionNames: OptionNames<ServeNowOptions> = { ...changeOptionNames, version: true };

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
}

export const serveNowCalls = ({ view, store, writer }: Parts): ServeNowCalls => ({
  async serveNow(id, options) {
    checkKnown("serveNow", options, optionNames);
    const { version, ...by } = options;
    checkVersion(version);
    const make = async (asker: Asker): Promise<Changed> => {
      await bringUpToDate(view);
      const ids = activeBeside(view, id);
      const versions = version === undefined ? {} : { [id]: version };
      const decide = async (current: Current) =>
        firstOf(await writer.find(current, [id, ...ids], versions), { store, writer });
      return writer.write(asker, decide, { expected: { ids: [id, ...ids] } });
    };
    const changed = await writer.once({ call: "serveNow", given: { id, version } }, by, make, outcomeOf);
    const item = view.snapshot.item(id);
    // What was written is no failure, though others do not hear that it has calls again.
    if (item) await view.forgive(item).catch((error: unknown) => warn(untold(item), error));
    return changed;
  },
});

/** The ids of the type's other active items. @throws ItemNotFoundError */
export function activeBeside({ snapshot }: View, id: string): string[] {
  const { type } = requireItem(snapshot, id);
  return type.items
    .filter((item) => item.id !== id && item.status === "active" && item.retiredAt === null)
    .map((item) => item.id);
}

/** The changes that make the first of the rows the first choice; the others are the type's active ones. */
export function firstOf(
  [row, ...others]: readonly ItemRow[],
  { store, writer }: Pick<Parts, "store" | "writer">,
): RowChange[] {
  if (row === undefined) return [];
  if (row.retiredAt !== null) {
    throw new ConflictError([writer.toItem(row)], undefined, "is retired; restore it first");
  }
  const inOrder = others
    .filter(({ status, retiredAt }) => status === "active" && retiredAt === null)
    .map((other) => ({ other, item: writer.toItem(other) }))
    .sort((one, two) => compareInUse(one.item, two.item))
    .map(({ other }) => other);
  const options = { status: "active", typeId: row.typeId } as const;
  const moved = orderRows([row, ...inOrder], options, (one) => writer.toItem(one));
  const own = moved.find(({ after }) => after?.id === row.id);
  const after = own?.entity === "item" && own.after ? own.after : row;
  const isHeld = holdAt(row.hold, store.clock.now()) !== null;
  return [
    ...changeOf("update", row, isHeld ? { ...after, hold: null } : after),
    ...moved.filter((change) => change !== own),
  ];
}
