import type { PluginItem } from "../definition/plugin-item.ts";
import { checkPriority } from "../definition/priority.ts";
import { checkStatus, type Status } from "../definition/status.ts";
import { checkText } from "../definition/text.ts";
import { ConflictError, InvalidOptionError, ItemNotFoundError, PurgeBlockedError } from "../errors.ts";
import type { State } from "../runtime/state.ts";
import type { Readiness } from "../selection/readiness.ts";
import { type Snapshot, toItem } from "../selection/snapshot.ts";
import type { AuditEntry } from "../store/audit.ts";
import type { Action, Author, RowChange, Source } from "../store/change.ts";
import type { HistoryFilter } from "../store/read-history.ts";
import type { ItemRow } from "../store/rows.ts";
import type { Current, Store } from "../store/store.ts";
import { isUuid } from "../store/uuid.ts";
import { type BulkAction, editFor } from "./bulk-action.ts";
import { type ItemPage, type ListedItem, type ListQuery, listItems } from "./list-items.ts";
import { listTypes, type TypeOverview } from "./list-types.ts";
import { type PurgePlan, planPurge } from "./plan-purge.ts";
import { knowledgeOf, type ProcessInfo, type ProcessKnowledge } from "./process-info.ts";
import { checkAccess, checkTypes, type Rights } from "./rights.ts";
import { spreadPriorities } from "./spread-priorities.ts";

/** Who makes a change, and through which door. */
export interface ChangeOptions {
  /** Who: a user's name or id, as the history shall show it. */
  readonly actor: string;
  /** Default `api`. */
  readonly source?: Source;
}

export interface ItemPatch {
  readonly status?: Status;
  readonly priority?: number;
  readonly description?: string;
}

export interface HistoryQuery extends Partial<Omit<HistoryFilter, "limit">> {
  /** Entries at most. Default 100. */
  readonly limit?: number;
}

/** What the control plane asks of the data plane. */
interface Plane {
  readonly snapshot: Snapshot;
  readonly state: State;
  readiness(item: PluginItem): Readiness;
  refresh(): Promise<void>;
}

/**
 * What an operator does. Every method that changes something writes the change, its history and a new
 * revision in one transaction, and resolves when this process serves by it. Refusals change nothing.
 */
export class Control {
  readonly #plane: Plane;
  readonly #store: Store;
  readonly #rights: Rights;

  constructor(plane: Plane, store: Store, rights: Rights = { access: "write" }) {
    this.#plane = plane;
    this.#store = store;
    this.#rights = rights;
  }

  /**
   * The same for somebody who may do less: only read, or change only items of some types. Every refusal
   * is a `ForbiddenError`, and nothing is changed.
   *
   * @example
   * const control = plugbay.control.limitedTo({ access: user.isOperator ? "write" : "read" });
   */
  limitedTo(rights: Rights): Control {
    return new Control(this.#plane, this.#store, rights);
  }

  /**
   * Items by search words, filters, sort and page, from this process's snapshot. It is brought up to
   * date first; without a database, the last one answers.
   *
   * @throws InvalidOptionError, InvalidStatusError
   * @example
   * await plugbay.control.list({ search: "sms", status: "active", sort: ["-priority", "name"], page: 2 });
   */
  async list(query: ListQuery = {}): Promise<ItemPage> {
    await this.#refresh();
    return listItems(this.#plane.snapshot, query, (item) => this.#plane.readiness(item));
  }

  /** All types with their numbers of items per status. Retired types are left out. */
  async types(): Promise<TypeOverview[]> {
    await this.#refresh();
    return listTypes(this.#plane.snapshot);
  }

  /** @throws ItemNotFoundError */
  async getItem(id: string): Promise<ListedItem> {
    await this.#refresh();
    return this.#present(id);
  }

  /**
   * Changes an item's status, priority or description. With the `version` that the caller read, a
   * change made meanwhile by somebody else is refused instead of overwritten.
   *
   * @throws ItemNotFoundError, ConflictError, InvalidStatusError, InvalidPriorityError, InvalidOptionError
   * @example
   * await plugbay.control.updateItem(item.id, { status: "reserve", priority: 5 }, { actor: "alice", version: item.version });
   */
  async updateItem(
    id: string,
    patch: ItemPatch,
    { version, ...by }: ChangeOptions & { readonly version?: number },
  ): Promise<ListedItem> {
    const wanted = checkPatch(id, patch);
    if (version !== undefined && !Number.isInteger(version)) {
      throw new InvalidOptionError("version", version, "it is the integer that the item was read with");
    }
    await this.#edit([id], by, "update", (row) => {
      if (version !== undefined && version !== row.version)
        throw new ConflictError(this.#toItem(row), version);
      return { ...row, ...wanted };
    });
    return this.#present(id);
  }

  /**
   * Does one thing to many items: all of them, or when one is refused, none. `raise` takes 1 from the
   * priority (served earlier), `lower` adds 1. Returns how many items were changed.
   *
   * @throws ItemNotFoundError, InvalidPriorityError, InvalidOptionError
   */
  async bulk(ids: readonly string[], action: BulkAction, by: ChangeOptions): Promise<{ changed: number }> {
    return { changed: await this.#edit(ids, by, "update", editFor(action)) };
  }

  /**
   * Brings items of one type into the given order by giving them new priorities, and into `status` where
   * that is given. Priorities that are in order already stay. Returns how many items were changed.
   *
   * @throws ItemNotFoundError, InvalidOptionError
   */
  async reorder(
    ids: readonly string[],
    { status, ...by }: ChangeOptions & { readonly status?: Status },
  ): Promise<{ changed: number }> {
    const author = checkAuthor(by);
    const wanted = status === undefined ? undefined : checkStatus("reorder", status);
    const changed = await this.#write(author, async (current) => {
      const rows = await findRows(current, ids);
      if (new Set(rows.map((row) => row.typeId)).size > 1) {
        throw new InvalidOptionError("ids", ids, "they are of several types; an order is within one");
      }
      const priorities = spreadPriorities(rows.map((row) => row.priority));
      return rows.flatMap((row, index) => {
        const after = { ...row, status: wanted ?? row.status, priority: priorities[index] ?? row.priority };
        return changeOf("update", row, after);
      });
    });
    return { changed };
  }

  /** Takes items out of use until `restore`: they keep everything, and a sync does not bring them back. */
  async retire(ids: readonly string[], by: ChangeOptions): Promise<{ changed: number }> {
    const retiredAt = new Date().toISOString();
    const changed = await this.#edit(ids, by, "retire", (row) =>
      row.retiredAt === null ? { ...row, retiredAt, retiredBy: "operator" } : row,
    );
    return { changed };
  }

  /** Brings retired items back as they were. */
  async restore(ids: readonly string[], by: ChangeOptions): Promise<{ changed: number }> {
    const changed = await this.#edit(ids, by, "restore", (row) => ({
      ...row,
      retiredAt: null,
      retiredBy: null,
    }));
    return { changed };
  }

  /** What `purge` with the same options would delete. */
  async planPurge(options: { readonly olderThanMs: number }): Promise<PurgePlan> {
    return planPurge(await this.#store.readAll(), deadline(options));
  }

  /**
   * Deletes, for good, the items and types that were retired at least `olderThanMs` ago. Their history
   * stays.
   *
   * @throws PurgeBlockedError when rows of the application still point at one of them
   */
  async purge({ olderThanMs, ...by }: ChangeOptions & { readonly olderThanMs: number }): Promise<PurgePlan> {
    const before = deadline({ olderThanMs });
    let plan: PurgePlan = { types: [], items: [] };
    try {
      await this.#write(checkAuthor(by), async (current) => {
        plan = planPurge(await current.rows(), before);
        const changes: RowChange[] = [];
        for (const row of plan.items)
          changes.push({ entity: "item", action: "purge", before: row, after: null });
        for (const row of plan.types)
          changes.push({ entity: "type", action: "purge", before: row, after: null });
        return changes;
      });
    } catch (error) {
      if (this.#store.dialect.isForeignKeyViolation(error)) {
        throw new PurgeBlockedError(
          plan.items.map((row) => row.id),
          error,
        );
      }
      throw error;
    }
    return plan;
  }

  /** The processes that serve from this namespace, as they last said; each says so every 15 seconds. */
  async processes(): Promise<ProcessInfo[]> {
    return this.#store.processes();
  }

  /**
   * Which processes have the item's plugin in their code: during a deploy, not all may.
   *
   * @throws ItemNotFoundError
   */
  async whoKnows(id: string): Promise<ProcessKnowledge[]> {
    const item = await this.getItem(id);
    const type = this.#plane.snapshot.byIdentity.get(item.type.manager, item.type.name);
    return knowledgeOf(item, type?.row.aliases ?? [], await this.#store.processes());
  }

  /** Who changed what, when and from where, the latest first; the next page is `before` the last entry. */
  async history({ limit = 100, ...filter }: HistoryQuery = {}): Promise<AuditEntry[]> {
    if (!Number.isInteger(limit) || limit < 1)
      throw new InvalidOptionError("limit", limit, "it is an integer from 1");
    return this.#store.history({ ...filter, limit });
  }

  /** Writes what `edit` makes of each of the items, where that differs; returns how many did. */
  #edit(
    ids: readonly string[],
    by: ChangeOptions,
    action: Action,
    edit: (row: ItemRow) => ItemRow,
  ): Promise<number> {
    const author = checkAuthor(by);
    return this.#write(author, async (current) =>
      (await findRows(current, ids)).flatMap((row) => changeOf(action, row, edit(row))),
    );
  }

  async #write(author: Author, decide: (current: Current) => Promise<readonly RowChange[]>): Promise<number> {
    checkAccess(this.#rights);
    const { changes } = await this.#store.write(author, async (current) => {
      const wanted = await decide(current);
      checkTypes(this.#rights, wanted, (typeId) => this.#plane.snapshot.types.get(typeId)?.row);
      return wanted;
    });
    if (changes.length > 0) await this.#refresh();
    return changes.length;
  }

  /** What is written is written: a database that is lost right after it shows in the plane's state. */
  async #refresh(): Promise<void> {
    await this.#plane.refresh().catch((error: unknown) => {
      if (this.#plane.state.kind !== "stale") throw error;
    });
  }

  #present(id: string): ListedItem {
    for (const type of this.#plane.snapshot.types.values()) {
      const item = type.items.find((candidate) => candidate.id === id);
      if (item) return { ...item, readiness: this.#plane.readiness(item) };
    }
    throw new ItemNotFoundError([id]);
  }

  #toItem(row: ItemRow): PluginItem {
    const type = this.#plane.snapshot.types.get(row.typeId)?.row;
    return toItem(row, { manager: type?.manager ?? "", name: type?.name ?? "" });
  }
}

function changeOf(action: Action, before: ItemRow, after: ItemRow): RowChange[] {
  const isSame =
    before.status === after.status &&
    before.priority === after.priority &&
    before.description === after.description &&
    before.retiredAt === after.retiredAt &&
    before.retiredBy === after.retiredBy;
  return isSame ? [] : [{ entity: "item", action, before, after }];
}

/** The rows of the ids, in their order. */
async function findRows(current: Current, ids: readonly string[]): Promise<ItemRow[]> {
  const wanted = [...new Set(ids)];
  const known = wanted.filter(isUuid);
  const rows = new Map((await current.items(known)).map((row) => [row.id, row]));
  const missing = wanted.filter((id) => !rows.has(id));
  if (missing.length > 0) throw new ItemNotFoundError(missing);
  return wanted.map((id) => rows.get(id)).filter((row) => row !== undefined);
}

function checkPatch(id: string, patch: ItemPatch): ItemPatch {
  const subject = `plugin item ${id}`;
  const { status, priority, description, ...rest } = patch;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new InvalidOptionError(
      unknown,
      Object.values(rest)[0],
      "an update has status, priority and description",
    );
  }
  return {
    ...(status !== undefined && { status: checkStatus(subject, status) }),
    ...(priority !== undefined && { priority: checkPriority(subject, priority) }),
    ...(description !== undefined && { description: checkText(`description of ${subject}`, description) }),
  };
}

function checkAuthor({ actor, source = "api" }: ChangeOptions): Author {
  if (checkText("actor", actor) === "")
    throw new InvalidOptionError("actor", actor, "say who makes the change");
  return { actor, source };
}

function deadline({ olderThanMs }: { readonly olderThanMs: number }): string {
  if (!(Number.isFinite(olderThanMs) && olderThanMs >= 0)) {
    throw new InvalidOptionError("olderThanMs", olderThanMs, "it is a number of milliseconds from 0");
  }
  return new Date(Date.now() - olderThanMs).toISOString();
}
