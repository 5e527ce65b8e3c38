import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { Current } from "../../store/current.ts";
import type { Store } from "../../store/store.ts";
import { isUuid } from "../../store/uuid.ts";
import { warn } from "../../warn.ts";
import type { ListedItem } from "../list/list-query.ts";
import { present, presentChanged } from "../present-item.ts";
import { untold } from "../untold.ts";
import { bringUpToDate, type View } from "../view.ts";
import { type Asker, outcomeOf } from "../writing/change-key.ts";
import { type Changed, type ChangeOptions, changeOptionNames } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { endNames } from "./check-end.ts";
import { checkVersion } from "./check-patch.ts";
import { endedLead, firstOf, leadOf, servingBeside } from "./first-choice.ts";

/** Who ends an item's lead, and what that depends on. */
export interface EndLeadOptions extends ChangeOptions {
  /** The version that the caller read. Default: none; whatever is there is changed. */
  readonly version?: number | undefined;
}

/** Who has an item serve, for how long, and what that depends on. */
export interface ServeNowOptions extends EndLeadOptions {
  /**
   * Until when it is first: a date, or epoch milliseconds, in the future and at most 366 days ahead. Each process goes
   * by its own clock. Default: for good.
   */
  readonly until?: Date | number | undefined;
  /** How long instead, in milliseconds from now by this process's clock: more than 0, and at most 366 days. */
  readonly forMs?: number | undefined;
}

/** How an item is made the first choice at once, for good or for a while. */
export interface ServeNowCalls {
  /**
   * Makes an item the first choice of its type, in one change: it becomes active, comes before all other active items,
   * and a hold of it ends. It has calls again in every process, whatever became of those before. The others keep their
   * status, and stand behind it. Whether it works is not tried: `checkItem` does that.
   *
   * With `until` or `forMs` it leads for that time: it counts as active and comes first, whatever its status and
   * priority are, and these stay as they are. So do all other items, and when the time is over, each process serves as
   * before, without another change. `endLead` ends that sooner, and so does to disable the item, or to retire it. One
   * item of a type leads at a time; the lead of another ends. An item that a file manages can lead, too.
   *
   * @throws ItemNotFoundError, ConflictError where the item has another version or is retired, ForbiddenError,
   *   InvalidOptionError, UnknownOptionError; without an end also ManagedByFileError
   * @example
   * await plugbay.control.serveNow(vonage.id, { actor: "alice" });
   * await plugbay.control.serveNow(vonage.id, { until: new Date("2026-12-01T08:00:00Z"), actor: "alice" });
   */
  serveNow(id: string, by: ServeNowOptions): Promise<Changed>;

  /**
   * Has an item that leads stand again where its status and priority put it, before its time. Of one that does not lead,
   * the history says nothing.
   *
   * @throws ItemNotFoundError, ConflictError, ForbiddenError, InvalidOptionError, UnknownOptionError
   * @example
   * await plugbay.control.endLead(vonage.id, { actor: "alice" });
   */
  endLead(id: string, by: EndLeadOptions): Promise<ListedItem>;
}

const endLeadNames: OptionNames<EndLeadOptions> = { ...changeOptionNames, version: true };
const optionNames: OptionNames<ServeNowOptions> = { ...endLeadNames, ...endNames };

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
}

export const serveNowCalls = ({ view, store, writer }: Parts): ServeNowCalls => ({
  async serveNow(id, options) {
    checkKnown("serveNow", options, optionNames);
    const { version, until, forMs, ...by } = options;
    checkVersion(version);
    const make = async (asker: Asker): Promise<Changed> => {
      const lead = leadOf({ until, forMs }, asker.actor, store);
      await bringUpToDate(view);
      const ids = [id, ...servingBeside(view, id)];
      const versions = version === undefined ? {} : { [id]: version };
      const decide = async (current: Current) =>
        firstOf(await writer.find(current, ids, versions), lead, { store, writer });
      return writer.write(asker, decide, { expected: { ids } });
    };
    const given = { id, version, until, forMs };
    const changed = await writer.once({ call: "serveNow", given }, by, make, outcomeOf);
    const item = view.snapshot.item(id);
    // What was written is no failure, though others do not hear that it has calls again.
    if (item) await view.forgive(item).catch((error: unknown) => warn(untold(item), error));
    return changed;
  },
  async endLead(id, options) {
    checkKnown("endLead", options, endLeadNames);
    const { version, ...by } = options;
    checkVersion(version);
    const versions = version === undefined ? {} : { [id]: version };
    const make = async (asker: Asker): Promise<ListedItem> => {
      const decide = async (current: Current) =>
        (await writer.find(current, [id], versions)).flatMap((row) => endedLead(row, store));
      const { items } = await writer.writeItems(asker, decide, { ids: [id].filter(isUuid) });
      const [item] = items;
      return item === undefined ? present(view, id) : presentChanged(view, item);
    };
    return writer.once({ call: "endLead", given: { id, version } }, by, make, async () => present(view, id));
  },
});
