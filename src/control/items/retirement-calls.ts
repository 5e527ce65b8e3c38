import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { isoTime } from "../../time/iso-time.ts";
import { entriesOf, purgedBy } from "../history/earlier-change.ts";
import type { ChangePlan } from "../writing/change-plan.ts";
import type { Changed, ChangeOptions } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import type { ChosenEdits } from "./chosen-edits.ts";
import type { ChosenItems } from "./chosen-items.ts";
import type { PurgePlan, PurgeSelection } from "./plan-purge.ts";
import { Purge } from "./purge.ts";

/** How items are taken out of use, brought back, and deleted. */
export interface RetirementCalls {
  /**
   * Takes items out of use until `restore`: they keep everything but a lead, and a sync does not bring them back.
   *
   * @throws ItemNotFoundError, ForbiddenError, ManagedByFileError, InvalidOptionError, UnknownOptionError
   * @example
   * await plugbay.control.retire([eu.id], { actor: "alice" });
   */
  retire(items: ChosenItems, by: ChangeOptions): Promise<Changed>;

  /**
   * Brings retired items back as they were.
   *
   * @throws as `retire`
   * @example
   * await plugbay.control.restore([eu.id], { actor: "alice" });
   */
  restore(items: ChosenItems, by: ChangeOptions): Promise<Changed>;

  /**
   * What `retire` would change, at this moment. Writes nothing.
   *
   * @throws as `retire`
   * @example
   * const { changes } = await plugbay.control.planRetire({ query: { type: "gateway" } });
   */
  planRetire(items: ChosenItems): Promise<ChangePlan>;

  /**
   * What `restore` would change, at this moment. Writes nothing.
   *
   * @throws as `retire`
   * @example
   * const { changes } = await plugbay.control.planRestore({ query: { retired: true } });
   */
  planRestore(items: ChosenItems): Promise<ChangePlan>;

  /**
   * What `purge` with the same selection would delete.
   *
   * @throws ItemNotFoundError, ConflictError, InvalidOptionError, UnknownOptionError
   * @example
   * const { items } = await plugbay.control.planPurge({ olderThanMs: 30 * 24 * 3_600_000 });
   */
  planPurge(selection: PurgeSelection): Promise<PurgePlan>;

  /**
   * Deletes, for good, the items and types that were retired at least `olderThanMs` ago; or the items of
   * `ids`, which must be retired, with the retired types whose last ones they are. Their history stays.
   *
   * @throws PurgeBlockedError when rows of the application still point at one of them; with `ids`,
   *   ItemNotFoundError, and ConflictError for items in use; ForbiddenError
   * @example
   * await plugbay.control.purge({ olderThanMs: 30 * 24 * 3_600_000, actor: "alice" });
   */
  purge(options: ChangeOptions & PurgeSelection): Promise<PurgePlan>;
}

const purgeNames: OptionNames<PurgeSelection> = { olderThanMs: true, ids: true };

/** Takes an item out of use from then on. */
export const retiredFrom =
  (retiredAt: string) =>
  (row: ItemRow): ItemRow =>
    row.retiredAt === null ? { ...row, retiredAt, retiredBy: "operator", lead: null } : row;

/** Brings a retired item back. */
export const restored = (row: ItemRow): ItemRow => ({ ...row, retiredAt: null, retiredBy: null });

export const retirementCalls = (store: Store, writer: Writer, edits: ChosenEdits): RetirementCalls => ({
  async retire(items, by) {
    return edits.edit("retire", items, by, "retire", retiredFrom(isoTime(store.clock)));
  },
  async restore(items, by) {
    return edits.edit("restore", items, by, "restore", restored);
  },
  async planRetire(items) {
    return edits.plan(items, "retire", retiredFrom(isoTime(store.clock)));
  },
  async planRestore(items) {
    return edits.plan(items, "restore", restored);
  },
  async planPurge(selection) {
    checkKnown("planPurge", selection, purgeNames);
    return new Purge(store, writer, selection).plan();
  },
  async purge({ actor, source, key, reason, ...selection }) {
    checkKnown("purge", selection, purgeNames);
    const by = { actor, source, reason, ...(key !== undefined && { key }) };
    return writer.once(
      { call: "purge", given: selection },
      by,
      (asker) => new Purge(store, writer, selection).run(asker),
      async (first) => purgedBy(await entriesOf(store, first)),
    );
  },
});
