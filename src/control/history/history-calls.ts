import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { Store } from "../../store/store.ts";
import type { ConfigWriter } from "../config/config-writer.ts";
import { isConfigurable } from "../config/configurable.ts";
import { mayChange, type Rights } from "../rights.ts";
import { bringUpToDate, type View } from "../view.ts";
import { type Asker, outcomeOf } from "../writing/change-key.ts";
import type { Changed, ChangeOptions } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import {
  type ChangeSet,
  type ChangeSetQuery,
  listChangeSets,
  presentChangeSet,
  readChangeSet,
} from "./change-sets.ts";
import { type HistoryQuery, historyQueryNames } from "./history-query.ts";
import type { NotRevertible } from "./not-revertible.ts";
import {
  type EntryId,
  isChangeOfDecisions,
  planRevert,
  type Revertibility,
  type RevertPlan,
  revert,
  revertibilityOf,
} from "./revert.ts";
import { planRevertAll, type RevertAllPlan, revertAll } from "./revert-all.ts";

/** Who did what, and how it is undone. */
export interface HistoryCalls {
  /**
   * Who changed what, when and from where, the latest first; the next page is `before` the last entry. This process is
   * brought up to date as in `list`, so that `isRevertible` is right about what others have just changed.
   *
   * @throws InvalidOptionError, UnknownOptionError, ClosedError; what the database says
   * @example
   * const page = await plugbay.control.history({ entityId: item.id, limit: 20 });
   * const next = await plugbay.control.history({ entityId: item.id, limit: 20, before: page.at(-1) });
   */
  history(query?: HistoryQuery): Promise<AuditEntry[]>;

  /**
   * How many entries the history has about the items and types of these ids.
   *
   * @throws what the database says
   * @example
   * await plugbay.control.countHistory([item.id]); // 3
   */
  countHistory(ids: readonly string[]): Promise<number>;

  /**
   * Undoes one change of the history, by a new one: the fields that it touched become what they were, the
   * config checked by its schema as whenever it is saved. Where they were changed again since, that is
   * refused. Secrets that the change replaced stay as they are now: the history keeps no values of secrets.
   *
   * @throws EntryNotFoundError, ItemNotFoundError, ConflictError, ManagedByFileError; InvalidOptionError for what
   *   is no change of an item's own fields; for a label or config, NotRevertibleError and as `updateItem`
   * @example
   * const [latest] = await plugbay.control.history({ entityId: item.id });
   * if (latest) await plugbay.control.revert(latest, { actor: "alice" });
   */
  revert(entry: EntryId, by: ChangeOptions): Promise<Changed>;

  /**
   * What `revert` would set back, at this moment: the fields as they are and as they would be, and the secrets that
   * would stay. Writes nothing.
   *
   * @throws as `revert`
   * @example
   * const { before, after, secretsKept } = await plugbay.control.planRevert(entry);
   */
  planRevert(entry: EntryId): Promise<RevertPlan>;

  /**
   * What was changed together, the latest first: one entry for each revision, whatever it changed. The next page is
   * `before` the revision of the last one. With a filter, those that have an entry which it finds.
   *
   * @throws InvalidOptionError, UnknownOptionError, ClosedError; what the database says
   * @example
   * const [latest] = await plugbay.control.changeSets({ actor: "alice", limit: 1 });
   */
  changeSets(query?: ChangeSetQuery): Promise<ChangeSet[]>;

  /**
   * One change set, by its revision.
   *
   * @throws EntryNotFoundError, InvalidOptionError, ClosedError; what the database says
   * @example
   * const { entries, reason } = await plugbay.control.changeSet(412);
   */
  changeSet(revision: number): Promise<ChangeSet>;

  /**
   * Undoes all that was changed at a revision, by one new change: all of it, or where something of it cannot be
   * reverted or was changed again since, nothing.
   *
   * @throws as `revert`
   * @example
   * const { revision } = await plugbay.control.bulk(ids, "disable", { actor: "alice" });
   * await plugbay.control.revertAll(revision, { actor: "alice", reason: "it was not the provider" });
   */
  revertAll(revision: number, by: ChangeOptions): Promise<Changed>;

  /**
   * What `revertAll` would set back, at this moment. Writes nothing.
   *
   * @throws as `revertAll`
   * @example
   * const { items } = await plugbay.control.planRevertAll(412);
   */
  planRevertAll(revision: number): Promise<RevertAllPlan>;

  /**
   * Whether `revert` would undo an entry, as far as this process knows.
   *
   * @example
   * const undoable = entries.filter((entry) => plugbay.control.isRevertible(entry));
   */
  isRevertible(entry: AuditEntry): boolean;

  /**
   * Why `revert` would refuse to undo an entry, as far as this process knows; undefined where it would undo it.
   *
   * @example
   * plugbay.control.whyNotRevertible(entry); // "changed-since"
   */
  whyNotRevertible(entry: AuditEntry): NotRevertible | undefined;

  /**
   * The secrets, such as `smtp.password`, that an entry replaced, and `revert` would leave as they are now.
   *
   * @example
   * plugbay.control.secretsKept(entry); // ["smtp.password"]
   */
  secretsKept(entry: AuditEntry): readonly string[];
}

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly rights: Rights;
  readonly writer: Writer;
  readonly configs: ConfigWriter;
}

const mostEntries = 1_000;

export const historyCalls = ({ view, store, rights, writer, configs }: Parts): HistoryCalls => ({
  async history(query = {}) {
    checkKnown("history", query, historyQueryNames);
    const { limit = 100, ...filter } = query;
    if (!Number.isInteger(limit) || limit < 1 || limit > mostEntries)
      throw new InvalidOptionError("limit", limit, `it is an integer from 1 to ${mostEntries}`);
    const entries = await store.history({ ...filter, limit });
    // What another process has written is in the history already, and `isRevertible` asks the view.
    await bringUpToDate(view);
    return entries;
  },
  countHistory: async (ids) => store.countHistory(ids),
  async revert(entry, by) {
    const given = { revision: entry?.revision, position: entry?.position };
    return writer.once(
      { call: "revert", given },
      by,
      (asker) => revert(store, writer, configs, entry, asker),
      outcomeOf,
    );
  },
  planRevert: async (entry) => planRevert(store, writer, configs, entry),
  async changeSets(query = {}) {
    const sets = await listChangeSets(store, query);
    await bringUpToDate(view);
    return sets.map((set) => presentChangeSet(set, (entry) => isRevertible(view, rights, entry)));
  },
  async changeSet(revision) {
    const set = await readChangeSet(store, revision);
    await bringUpToDate(view);
    return presentChangeSet(set, (entry) => isRevertible(view, rights, entry));
  },
  async revertAll(revision, by) {
    const make = (asker: Asker) => revertAll({ store, writer, configs }, revision, asker);
    return writer.once({ call: "revertAll", given: revision }, by, make, outcomeOf);
  },
  planRevertAll: async (revision) => planRevertAll({ store, writer, configs }, revision),
  isRevertible: (entry) => isRevertible(view, rights, entry),
  whyNotRevertible: (entry) => whyNotRevertible(view, rights, entry),
  secretsKept: (entry) => {
    const found = revertibilityIn(view, entry);
    return found.kind === "possible" ? found.secretsKept : [];
  },
});

const isRevertible = (view: View, rights: Rights, entry: AuditEntry): boolean =>
  whyNotRevertible(view, rights, entry) === undefined;

function whyNotRevertible(view: View, rights: Rights, entry: AuditEntry): NotRevertible | undefined {
  const found = revertibilityIn(view, entry);
  const isForGood = found.kind === "impossible" && (found.why === "kind" || found.why === "purged");
  if (isForGood) return found.why;
  const type = view.snapshot.types.get(entry.typeId)?.row;
  if (type === undefined || !mayChange(rights, type)) return "access";
  return found.kind === "impossible" ? found.why : undefined;
}

function revertibilityIn({ snapshot, registry }: View, entry: AuditEntry): Revertibility {
  if (!isChangeOfDecisions(entry)) return { kind: "impossible", why: "kind" };
  const item = snapshot.item(entry.entityId);
  if (item === undefined) return { kind: "impossible", why: "purged" };
  const plugin = registry.plugin(item.type, item.module, item.name);
  return revertibilityOf(entry, item, plugin && isConfigurable(plugin) ? plugin : undefined);
}
