import { InvalidOptionError } from "../../definition/errors.ts";
import { type Hold, holdAt } from "../../definition/hold.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { checkText } from "../../definition/text.ts";
import type { RowChange } from "../../store/change.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { isUuid } from "../../store/uuid.ts";
import { isoTime } from "../../time/iso-time.ts";
import { warn } from "../../warn.ts";
import { ConflictError } from "../errors.ts";
import type { ListedItem } from "../list/list-query.ts";
import { present, presentChanged } from "../present-item.ts";
import { untold } from "../untold.ts";
import type { View } from "../view.ts";
import type { Asker } from "../writing/change-key.ts";
import { changeOf } from "../writing/change-of.ts";
import { type ChangeOptions, changeOptionNames } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { checkEnd, endNames } from "./check-end.ts";
import { checkVersion } from "./check-patch.ts";

/** Why an item is held, and for how long. */
export interface HoldRequest {
  /** Why: 1 to 500 characters, which operators see wherever they see the item. */
  readonly reason: string;
  /**
   * When the item comes back by itself: a date, or epoch milliseconds, in the future and at most 366 days ahead. Each
   * process goes by its own clock. Default: never; only `release` brings it back.
   */
  readonly until?: Date | number | undefined;
  /** How long instead, in milliseconds from now by this process's clock: more than 0, and at most 366 days. */
  readonly forMs?: number | undefined;
}

/** Who holds or releases an item, and what that depends on. */
export interface HoldOptions extends ChangeOptions {
  /** The version that the caller read. Default: none; whatever is there is changed. */
  readonly version?: number | undefined;
}

/** How an item is put aside for a while, and brought back. */
export interface HoldCalls {
  /**
   * Puts an item aside: `get`, `getAll` and `run` no longer choose it, not even where nothing else can serve. It keeps
   * its status and its instance, `getById` still gives it, and calls that are under way go on. It comes back at
   * `until`, or by `release`. An item that is held already gets the new reason and end. One that a file manages can be
   * held, too. The history has the hold's reason as that of the change, unless the options have another.
   *
   * @throws ItemNotFoundError, ConflictError where the item has another version or is retired, ForbiddenError,
   *   InvalidOptionError, UnknownOptionError
   * @example
   * await plugbay.control.hold(
   *   sms.id,
   *   { reason: "the provider is under maintenance", forMs: 15 * 60_000 },
   *   { actor: "alice" },
   * );
   */
  hold(id: string, hold: HoldRequest, by: HoldOptions): Promise<ListedItem>;

  /**
   * Ends a hold before its time, and lets the item have calls again in every process, whatever became of those before.
   * Of an item that is not held, the history says nothing.
   *
   * @throws ItemNotFoundError, ConflictError, ForbiddenError, InvalidOptionError, UnknownOptionError
   * @example
   * await plugbay.control.release(sms.id, { actor: "alice" });
   */
  release(id: string, by: HoldOptions): Promise<ListedItem>;
}

const requestNames: OptionNames<HoldRequest> = { reason: true, ...endNames };
const optionNames: OptionNames<HoldOptions> = { ...changeOptionNames, version: true };
const maxCodePoints = 500;

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
}

export const holdCalls = ({ view, store, writer }: Parts): HoldCalls => {
  const change = (
    call: "hold" | "release",
    { id, given }: { readonly id: string; readonly given?: HoldRequest },
    { version, ...by }: HoldOptions,
    decide: (row: ItemRow, by: Asker) => RowChange[],
  ): Promise<ListedItem> => {
    const versions = version === undefined ? {} : { [id]: version };
    const make = async (asker: Asker): Promise<ListedItem> => {
      checkVersion(version);
      const { items } = await writer.writeItems(
        asker,
        async (current) => (await writer.find(current, [id], versions)).flatMap((row) => decide(row, asker)),
        { ids: [id].filter(isUuid) },
      );
      const [item] = items;
      return item === undefined ? present(view, id) : presentChanged(view, item);
    };
    return writer.once({ call, given: { ...given, id, version } }, by, make, async () => present(view, id));
  };
  return {
    async hold(id, request, options) {
      checkKnown("hold", request, requestNames);
      checkKnown("hold", options, optionNames);
      const by = { ...options, reason: options.reason ?? reasonOf(request) };
      return change("hold", { id, given: request }, by, (row, { actor }) => {
        const wanted = checkRequest(request, store.clock.now());
        if (row.retiredAt !== null) throw retired(writer.toItem(row));
        const since = holdAt(row.hold, store.clock.now())?.since ?? isoTime(store.clock);
        return changeOf("hold", row, { ...row, hold: { ...wanted, by: actor, since } });
      });
    },
    async release(id, options) {
      checkKnown("release", options, optionNames);
      let wasHeld = false;
      const released = await change("release", { id }, options, (row) => {
        wasHeld = holdAt(row.hold, store.clock.now()) !== null;
        return wasHeld ? changeOf("release", row, { ...row, hold: null }) : [];
      });
      const item = view.snapshot.item(released.id);
      if (item === undefined) return released;
      await view.forgive(item).catch((error: unknown) => {
        // What was written is no failure: the processes that serve now have heard of it by that.
        if (!wasHeld) throw error;
        warn(untold(item), error);
      });
      return { ...released, readiness: view.readiness(item) };
    },
  };
};

/** Why an item is held is why the change is made, where nobody says more; what cannot be one is refused later. */
const reasonOf = ({ reason }: HoldRequest): string | undefined =>
  typeof reason === "string" && reason.isWellFormed() && [...reason].length <= maxCodePoints
    ? reason.replace(/(?!\n)\p{Cc}/gu, " ")
    : undefined;

/** @throws InvalidOptionError, InvalidNameError */
function checkRequest({ reason, ...end }: HoldRequest, now: number): Pick<Hold, "reason" | "until"> {
  const text = checkText("reason", reason);
  if (text.trim() === "" || [...text].length > maxCodePoints) {
    throw new InvalidOptionError("reason", reason, `it says why, in 1 to ${maxCodePoints} characters`);
  }
  const until = checkEnd(end, "a hold", now);
  return { reason: text, ...(until !== undefined && { until }) };
}

const retired = (item: PluginItem): ConflictError =>
  new ConflictError(
    [item],
    undefined,
    "is retired, so it gets no calls anyway; restore it before you hold it",
  );
