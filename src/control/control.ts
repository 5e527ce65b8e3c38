import { InvalidOptionError } from "../definition/errors.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import { checkStatus } from "../definition/status.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import { compareText } from "../selection/order.ts";
import type { TypeSnapshot } from "../selection/snapshot.ts";
import type { AuditEntry } from "../store/audit.ts";
import type { Action } from "../store/change.ts";
import type { FirstChange } from "../store/change-table.ts";
import type { Current } from "../store/current.ts";
import { ClosedError, NoConnectionError } from "../store/errors.ts";
import type { KyselyTransaction } from "../store/kysely-instance.ts";
import type { RevisionMark } from "../store/mark.ts";
import type { ItemRow } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { isUuid } from "../store/uuid.ts";
import { KeyUsed } from "../store/writing/change-work.ts";
import { isoTime } from "../time/iso-time.ts";
import { type BulkAction, editFor } from "./bulk-action.ts";
import { type Asker, once } from "./change-key.ts";
import type { ItemUpdate, OrderOptions } from "./change-requests.ts";
import { checkPatch, checkVersion, type ItemPatch } from "./check-patch.ts";
import { type ChosenItems, ItemsChoice, SnapshotOutrun } from "./chosen-items.ts";
import { type CheckOptions, type CheckResult, ConfigChecks, type UnsavedConfig } from "./config-checks.ts";
import { ConfigWriter } from "./config-writer.ts";
import { isConfigurable } from "./configurable.ts";
import { ConfiguredItems, type Duplicate, type NewItem } from "./configured-items.ts";
import { TypeNotFoundError } from "./errors.ts";
import { explainType, type TypeExplanation } from "./explain-type.ts";
import { type Facets, facetsOf } from "./facets.ts";
import { Findings } from "./findings.ts";
import type { HistoryQuery } from "./history-query.ts";
import { findItem, itemOf, requireItem } from "./item-of.ts";
import { type ExportOptions, exportItems } from "./items-file/export-items.ts";
import { type ImportOptions, ItemsImport } from "./items-file/import-items.ts";
import type { ImportPlan } from "./items-file/import-plan.ts";
import type { ItemsDocument } from "./items-file/items-document.ts";
import { type ItemPage, type ListedItem, type ListQuery, listItems } from "./list-items.ts";
import { type ListedType, typesInUse } from "./list-types.ts";
import { orderRows } from "./order-rows.ts";
import type { PurgePlan, PurgeSelection } from "./plan-purge.ts";
import type { Plane } from "./plane.ts";
import type { Preparation } from "./prepare-config.ts";
import { knowledgeOf, missesOf, type ProcessInfo, type ProcessKnowledge } from "./process-info.ts";
import { Purge } from "./purge.ts";
import { entriesOf, purgedBy } from "./retold.ts";
import { type EntryId, revert, secretsKept } from "./revert.ts";
import { mayChange, mayPurge, type Rights } from "./rights.ts";
import { type KeyReport, type Rotation, type RotationOptions, SecretKeys } from "./secret-keys.ts";
import type { TransactionControl } from "./transaction-control.ts";
import { TransactionPlane } from "./transaction-plane.ts";
import { type Changed, type ChangedItems, type ChangeOptions, changeOf, Writer } from "./writer.ts";

const told = async ({ changed, revision }: FirstChange): Promise<Changed> => ({ changed, revision });

/** How often items are looked for in the snapshot, before all rows are read inside the transaction. */
const mostChoices = 3;

/** What control works with. */
interface ControlMeans extends Preparation {
  /** Hears of a revision that a transaction of the application has written, and may commit soon. */
  readonly expectCommit: (written: RevisionMark) => void;
}

/**
 * What an operator does. Every method that changes something writes the change, its history and a new
 * revision in one transaction, and resolves when this process serves by it, or cannot, because plugbay is closed or
 * the database is lost: what was made is no failure then. Refusals change nothing.
 */
export class Control {
  readonly #plane: Plane;
  readonly #store: Store;
  readonly #means: ControlMeans;
  readonly #rights: Rights;
  readonly #findings: Findings;
  readonly #writer: Writer;
  readonly #configs: ConfigWriter;
  readonly #configured: ConfiguredItems;
  readonly #checks: ConfigChecks;
  readonly #secretKeys: SecretKeys;

  constructor(
    plane: Plane,
    store: Store,
    means: ControlMeans,
    rights: Rights = { access: "write" },
    findings = new Findings(plane),
  ) {
    this.#plane = plane;
    this.#store = store;
    this.#means = means;
    this.#rights = rights;
    this.#findings = findings;
    this.#writer = new Writer(plane, store, rights);
    this.#configs = new ConfigWriter(plane, this.#writer, means);
    this.#configured = new ConfiguredItems(plane, this.#writer, this.#configs, means);
    this.#checks = new ConfigChecks(plane, this.#writer, means);
    this.#secretKeys = new SecretKeys(plane, this.#writer, means);
  }

  /**
   * The same for somebody who may do less: only read, change only items of some types, or purge nothing.
   * Every refusal is a `ForbiddenError`, and nothing is changed.
   *
   * @example
   * const control = plugbay.control.limitedTo({ access: user.isOperator ? "write" : "read" });
   */
  limitedTo(rights: Rights): Control {
    return new Control(this.#plane, this.#store, this.#means, rights, this.#findings);
  }

  /**
   * The same inside a transaction of the application, which must be one of plugbay's own database: what is changed
   * takes effect when the application commits, in this process and in others, and not at all when it does not.
   * Rights, versions and schemas are checked as ever, and a call that is refused leaves the transaction usable.
   * Until the transaction ends, other writers wait.
   *
   * Processes follow at once by LISTEN; otherwise they poll. `await plugbay.refresh()` after the commit has this
   * one follow before it goes on.
   *
   * @throws InvalidOptionError; the methods also TransactionUnusableError, and what the database says of a
   *   transaction that is to be repeated
   * @example
   * await db.transaction().execute(async (transaction) => {
   *   const tenant = await createTenant(transaction, "acme");
   *   await plugbay.control.in(transaction).createItem(
   *     { type: gateway, module: "apps/stripe", name: "stripe", label: tenant.id, config: { account: "acct_1" } },
   *     { actor: "alice" },
   *   );
   * });
   * await plugbay.refresh();
   */
  in(transaction: KyselyTransaction): TransactionControl {
    const store = this.#store.in(transaction, this.#means.expectCommit);
    const plane = new TransactionPlane(this.#plane, store);
    return new Control(plane, store, this.#means, this.#rights, this.#findings);
  }

  /** Whether items of a type may be changed through this. */
  mayChange(type: ListedItem["type"]): boolean {
    return mayChange(this.#rights, type);
  }

  /** Whether retired items of a type may be purged through this. */
  mayPurge(type: ListedItem["type"]): boolean {
    return mayPurge(this.#rights, type);
  }

  /**
   * Items by search words, filters, sort and page, from this process's snapshot. It is brought up to date first.
   * Where the database does not answer within 1.5 seconds, the last snapshot does; `plugbay.state` says how old it is.
   *
   * @throws InvalidOptionError, InvalidStatusError
   * @example
   * await plugbay.control.list({ search: "sms", status: "active", sort: ["-priority", "name"], page: 2 });
   */
  async list(query: ListQuery = {}): Promise<ItemPage> {
    await this.#refresh();
    const { snapshot } = this.#plane;
    const readiness = (item: PluginItem) => this.#plane.readiness(item);
    return listItems({ snapshot, findings: this.#findings, readiness }, query);
  }

  /** What items can be filtered by, in the snapshot that `list` answered from. */
  facets(): Facets {
    return facetsOf(this.#plane.snapshot);
  }

  /** All types with their numbers of items per status, and how they do. Retired types are left out. */
  async types(): Promise<ListedType[]> {
    await this.#refresh();
    return typesInUse(this.#plane.snapshot).map((type) => this.#findings.listed(type));
  }

  /** @throws TypeNotFoundError */
  async getType(id: string): Promise<ListedType> {
    await this.#refresh();
    return this.#findings.listed(this.#type(id));
  }

  /**
   * The plugins of a type that take configs, by module and name: those of this process, which therefore can
   * have items added.
   *
   * @throws TypeNotFoundError
   */
  async configurablePlugins(typeId: string): Promise<Plugin[]> {
    await this.#refresh();
    const plugins = this.#plane.registry.plugins(this.#type(typeId).row).filter(isConfigurable);
    return plugins.sort(
      (one, other) => compareText(one.module, other.module) || compareText(one.name, other.name),
    );
  }

  /**
   * Why each item of a type is, or is not, selected in this process, for these arguments of its selector.
   *
   * @throws TypeNotFoundError
   */
  async explain(typeId: string, args: readonly JsonValue[] = []): Promise<TypeExplanation> {
    await this.#refresh();
    return explainType(this.#plane, this.#type(typeId), args);
  }

  /** @throws ItemNotFoundError */
  async getItem(id: string): Promise<ListedItem> {
    await this.#refresh();
    return this.#present(id);
  }

  /** As `explain`, for one item. @throws ItemNotFoundError */
  async explainItem(id: string): Promise<ItemExplanation> {
    await this.#refresh();
    const { type, item } = requireItem(this.#plane.snapshot, id);
    const [explanation] = explainType(this.#plane, type, [], [item]).items;
    return explanation as ItemExplanation;
  }

  /**
   * Adds an item to a configurable plugin, told apart by its label. Its config is checked by the plugin's
   * schema first; one that is refused is not saved.
   *
   * @throws InvalidConfigError, LabelTakenError, InvalidNameError, UnknownTypeError, UnknownPluginError,
   *   NotConfigurableError, InvalidStatusError, InvalidPriorityError
   * @example
   * await plugbay.control.createItem(
   *   { type: gateway, module: "apps/stripe", name: "stripe", label: "eu", config: { account: "acct_1" } },
   *   { actor: "alice" },
   * );
   */
  async createItem(item: NewItem, by: ChangeOptions): Promise<ListedItem> {
    return this.#once(
      { call: "createItem", given: item },
      by,
      async (asker) => this.#presentChanged(await this.#configured.create(item, asker)),
      (first) => this.#presentFirst(first),
    );
  }

  /**
   * Adds a copy of an item under another label, with its config, priority and description. It is disabled,
   * unless `status` says otherwise, so that it does not serve before somebody has looked at it.
   *
   * @throws ItemNotFoundError; and as `createItem`
   * @example
   * await plugbay.control.duplicateItem(eu.id, { label: "us" }, { actor: "alice" });
   */
  async duplicateItem(id: string, copy: Duplicate, by: ChangeOptions): Promise<ListedItem> {
    return this.#once(
      { call: "duplicateItem", given: [id, copy] },
      by,
      async (asker) => this.#presentChanged(await this.#configured.duplicate(id, copy, asker)),
      (first) => this.#presentFirst(first),
    );
  }

  /**
   * Tries whether an item works, by its plugin's `check`: with its own config, or with one that is not saved, whose
   * secrets are read as `updateItem` reads them. Whether it works is in the result; nothing is written.
   *
   * It takes the right to change the item: a config that is sent decides where the stored secrets go.
   *
   * @throws ItemNotFoundError, InvalidConfigError, NotCheckableError, UnknownPluginError, NotConfigurableError,
   *   ForbiddenError, InvalidOptionError
   * @example
   * const { ok, message } = await plugbay.control.checkItem(eu.id, { config: { account: "acct_2" } });
   */
  async checkItem(
    id: string,
    options: CheckOptions & { readonly config?: JsonValue } = {},
  ): Promise<CheckResult> {
    await this.#refresh();
    return this.#checks.checkItem(id, options);
  }

  /**
   * As `checkItem`, for a config of an item that is not there yet.
   *
   * @throws UnknownTypeError; and as `checkItem`
   * @example
   * await plugbay.control.checkConfig({ type: gateway, module: "apps/stripe", name: "stripe", config: { account: "acct_1" } });
   */
  async checkConfig(unsaved: UnsavedConfig & CheckOptions): Promise<CheckResult> {
    return this.#checks.checkConfig(unsaved);
  }

  /**
   * Changes an item's status, priority or description, and of a configurable plugin's item the label and the
   * config, which its schema checks before it is saved. With the `version` that the caller read, a
   * change made meanwhile by somebody else is refused instead of overwritten.
   *
   * @throws ItemNotFoundError, ConflictError, ManagedByFileError, InvalidStatusError, InvalidPriorityError,
   *   InvalidOptionError; for a label or config, as `createItem`
   * @example
   * await plugbay.control.updateItem(item.id, { status: "reserve", priority: 5 }, { actor: "alice", version: item.version });
   */
  async updateItem(
    id: string,
    patch: ItemPatch,
    { version, ...by }: ChangeOptions & { readonly version?: number },
  ): Promise<ListedItem> {
    const update = { ...patch, id, ...(version !== undefined && { version }) };
    const make = async (asker: Asker) => {
      const { items } = await this.#update([update], asker);
      const [item] = items;
      return item === undefined ? this.#present(id) : this.#presentChanged(item);
    };
    return this.#once({ call: "updateItem", given: update }, by, make, async () => this.#present(id));
  }

  /**
   * Changes several items, each in its own way: all of them, or when one is refused, none. A
   * `ConflictError` has all those that were changed meanwhile.
   *
   * @throws as `updateItem`
   */
  async updateItems(updates: readonly ItemUpdate[], by: ChangeOptions): Promise<Changed> {
    return this.#once(
      { call: "updateItems", given: updates },
      by,
      async (asker) => (await this.#update(updates, asker)).outcome,
      told,
    );
  }

  /**
   * Does one thing to many items: all of them, or when one is refused, none. `raise` takes 1 from the
   * priority (served earlier), `lower` adds 1. A query changes what it finds at the moment of writing.
   *
   * @throws ItemNotFoundError, ManagedByFileError, InvalidPriorityError, InvalidOptionError
   * @example
   * await plugbay.control.bulk({ query: { module: "apps/sms" } }, "reserve", { actor: "alice" });
   */
  async bulk(items: ChosenItems, action: BulkAction, by: ChangeOptions): Promise<Changed> {
    return this.#edit(action, items, by, "update", editFor(action));
  }

  /**
   * Brings items of one type into the given order by giving them new priorities, and into `status` where
   * that is given. Priorities that are in order already stay. With the `versions` that the caller read, a
   * change made meanwhile by somebody else is refused instead of overwritten. Items that a file manages keep
   * their priorities, and the others find their places around them.
   *
   * @throws ItemNotFoundError, ConflictError, InvalidStatusError, InvalidOptionError; ManagedByFileError where
   *   the order takes another priority, or status, for an item that a file manages
   */
  async reorder(
    ids: readonly string[],
    { status, typeId, versions, ...by }: ChangeOptions & OrderOptions,
  ): Promise<Changed> {
    const wanted = status === undefined ? undefined : checkStatus("reorder", status);
    const decide = async (current: Current) => {
      const rows = await this.#writer.find(current, ids, versions);
      return orderRows(rows, { status: wanted, typeId }, (row) => this.#writer.toItem(row));
    };
    const order = { ids, status, typeId, versions };
    const make = (asker: Asker) =>
      this.#writer.write(asker, decide, { expected: { ids: ids.filter(isUuid) } });
    return this.#once({ call: "reorder", given: order }, by, make, told);
  }

  /**
   * The items in use whose plugins are registered, as a document to be kept as a file and imported elsewhere.
   * It has no secrets: they are left out, or written as references to variables of the environment.
   *
   * @throws TypeNotFoundError
   * @example
   * const document = await plugbay.control.exportItems({ secrets: "env" });
   */
  async exportItems(options: ExportOptions = {}): Promise<ItemsDocument> {
    await this.#refresh();
    if (options.typeId !== undefined) this.#type(options.typeId);
    return exportItems(this.#plane.snapshot, this.#plane.registry, options);
  }

  /**
   * What `import` of a document would change now. Writes nothing.
   *
   * @throws InvalidDocumentError with all that is wrong with it; NoKeyError
   * @example
   * console.log(formatImport(await plugbay.control.planImport(document, { prune: true })));
   */
  async planImport(document: unknown, options: ImportOptions = {}): Promise<ImportPlan> {
    return this.#import(document, options).plan();
  }

  /**
   * Adds the items of a document that are missing and makes the others as it says, in one transaction, or when
   * something is wrong, nothing. Other items stay as they are. A second import writes nothing.
   *
   * @throws InvalidDocumentError with all that is wrong with it; NoKeyError, ConflictError
   * @example
   * await plugbay.control.import(document, { actor: "deployment", managed: true });
   */
  async import(
    document: unknown,
    { actor, source, key, ...options }: ChangeOptions & ImportOptions,
  ): Promise<ImportPlan> {
    const work = this.#import(document, options);
    const by = { actor, ...(source && { source }), ...(key !== undefined && { key }) };
    return this.#once(
      { call: "import", given: { document, ...options } },
      by,
      (asker) => work.run(asker),
      (first) => work.again(first),
    );
  }

  /**
   * Makes items operators' again that a file managed: they keep what they have. An import of a file that
   * marks them takes them back.
   *
   * @throws ItemNotFoundError
   */
  async release(ids: readonly string[], by: ChangeOptions): Promise<Changed> {
    const decide = async (current: Current) => {
      const rows = await this.#writer.find(current, ids);
      return rows.flatMap((row) => changeOf("update", row, { ...row, managed: null }));
    };
    const make = (asker: Asker) =>
      this.#writer.write(asker, decide, { expected: { ids: ids.filter(isUuid) } });
    return this.#once({ call: "release", given: ids }, by, make, told);
  }

  /** Takes items out of use until `restore`: they keep everything, and a sync does not bring them back. */
  async retire(items: ChosenItems, by: ChangeOptions): Promise<Changed> {
    const retiredAt = isoTime(this.#means.clock);
    return this.#edit("retire", items, by, "retire", (row) =>
      row.retiredAt === null ? { ...row, retiredAt, retiredBy: "operator" } : row,
    );
  }

  /** Brings retired items back as they were. */
  async restore(items: ChosenItems, by: ChangeOptions): Promise<Changed> {
    return this.#edit("restore", items, by, "restore", (row) => ({
      ...row,
      retiredAt: null,
      retiredBy: null,
    }));
  }

  /**
   * Undoes one change of the history, by a new one: the fields that it touched become what they were, the
   * config checked by its schema as whenever it is saved. Where they were changed again since, that is
   * refused. Secrets that the change replaced stay as they are now: the history keeps no values of secrets.
   *
   * @throws EntryNotFoundError, ItemNotFoundError, ConflictError, ManagedByFileError; InvalidOptionError for what
   *   is no change of an item's own fields; for a label or config, NotRevertibleError and as `updateItem`
   */
  async revert(entry: EntryId, by: ChangeOptions): Promise<Changed> {
    const make = (asker: Asker) => revert(this.#store, this.#writer, this.#configs, entry, asker);
    return this.#once(
      { call: "revert", given: { revision: entry?.revision, position: entry?.position } },
      by,
      make,
      told,
    );
  }

  /** Whether `revert` would undo an entry, as far as this process knows. */
  isRevertible(entry: AuditEntry): boolean {
    const type = this.#plane.snapshot.types.get(entry.typeId)?.row;
    return type !== undefined && this.mayChange(type) && this.#secretsKept(entry) !== undefined;
  }

  /** The secrets, such as `smtp.password`, that an entry replaced, and `revert` would leave as they are now. */
  secretsKept(entry: AuditEntry): readonly string[] {
    return this.#secretsKept(entry) ?? [];
  }

  /** What `purge` with the same selection would delete. @throws ItemNotFoundError, ConflictError */
  async planPurge(selection: PurgeSelection): Promise<PurgePlan> {
    return new Purge(this.#store, this.#writer, selection).plan();
  }

  /**
   * Deletes, for good, the items and types that were retired at least `olderThanMs` ago; or the items of
   * `ids`, which must be retired, with the retired types whose last ones they are. Their history stays.
   *
   * @throws PurgeBlockedError when rows of the application still point at one of them; with `ids`,
   *   ItemNotFoundError, and ConflictError for items in use
   */
  async purge({ actor, source, key, ...selection }: ChangeOptions & PurgeSelection): Promise<PurgePlan> {
    const by = { actor, ...(source && { source }), ...(key !== undefined && { key }) };
    return this.#once(
      { call: "purge", given: selection },
      by,
      (asker) => new Purge(this.#store, this.#writer, selection).run(asker),
      async (first) => purgedBy(await entriesOf(this.#store, first)),
    );
  }

  /** Which keys the secrets in configs are encrypted with, and which of them this process cannot read. */
  async checkKeys(): Promise<KeyReport> {
    await this.#refresh();
    return this.#secretKeys.check();
  }

  /**
   * Encrypts all secrets of this namespace with the first key of the ring, in batches, while processes run:
   * their instances stay. One that was interrupted goes on when it is called again.
   *
   * @throws NoKeyError, ForbiddenError, InvalidOptionError
   * @example
   * await plugbay.control.rotateKeys({ actor: "alice", onProgress: ({ done, total }) => console.log(done, total) });
   */
  async rotateKeys(options: RotationOptions): Promise<Rotation> {
    await this.#plane.refresh();
    return this.#once(
      { call: "rotateKeys", given: null },
      options,
      async (asker) => {
        const first = asker.key === undefined ? undefined : await this.#store.firstChange(asker.key);
        if (first) throw new KeyUsed(first);
        return this.#secretKeys.rotate({ ...options, ...asker });
      },
      async ({ changed }) => this.#secretKeys.again(changed),
    );
  }

  /** The processes that serve from this namespace, as they last said; each says so every 15 seconds. */
  async processes(): Promise<ProcessInfo[]> {
    return this.#store.processes();
  }

  /** The items in use whose plugins a process does not have in its code. */
  missesOf(process: ProcessInfo): readonly PluginItem[] {
    return missesOf(process, this.#plane.snapshot);
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

  /** How many entries the history has about the items and types of these ids. */
  async countHistory(ids: readonly string[]): Promise<number> {
    return this.#store.countHistory(ids);
  }

  async #update(updates: readonly ItemUpdate[], by: Asker): Promise<ChangedItems> {
    const patches = new Map<string, ItemPatch>();
    const versions: Record<string, number> = {};
    for (const { id, version, ...patch } of updates) {
      if (patches.has(id)) throw new InvalidOptionError("id", id, "an item is changed once at a time");
      patches.set(id, checkPatch(id, patch));
      const read = checkVersion(version);
      if (read !== undefined) versions[id] = read;
    }
    return this.#configured.update(patches, by, versions);
  }

  /** Makes a change once under its key, and has a repetition answer by what is there now. */
  #once<T>(
    what: Parameters<typeof once>[1],
    by: ChangeOptions,
    make: (by: Asker) => Promise<T>,
    again: (first: FirstChange) => Promise<T>,
  ): Promise<T> {
    return once(this.#store, what, by, make, async (first) => {
      await this.#refresh();
      return again(first);
    });
  }

  /** The item that was added first. */
  async #presentFirst(first: FirstChange): Promise<ListedItem> {
    const [entry] = await entriesOf(this.#store, first);
    return this.#present(entry?.entityId ?? "");
  }

  /** Writes what `edit` makes of each item, where that differs. */
  async #edit(
    call: string,
    items: ChosenItems,
    by: ChangeOptions,
    action: Action,
    edit: (row: ItemRow) => ItemRow,
  ): Promise<Changed> {
    const make = (asker: Asker) => this.#editChosen(items, asker, action, edit);
    return this.#once({ call, given: items }, by, make, told);
  }

  async #editChosen(
    items: ChosenItems,
    by: Asker,
    action: Action,
    edit: (row: ItemRow) => ItemRow,
  ): Promise<Changed> {
    for (let count = 1; ; count += 1) {
      const choice = new ItemsChoice(items, this.#plane, this.#findings);
      const choose = (current: Current) => choice.ids(current, count === mostChoices);
      try {
        return await this.#writer.edit(choose, by, action, edit, { ids: choice.expected });
      } catch (error) {
        if (!(error instanceof SnapshotOutrun)) throw error;
        await this.#plane.refresh();
      }
    }
  }

  #import(document: unknown, options: ImportOptions): ItemsImport {
    const [plane, store, writer, means] = [this.#plane, this.#store, this.#writer, this.#means];
    return new ItemsImport(document, { ...options, ...means, plane, store, writer });
  }

  /** Without a database, or a connection to it, the last snapshot has to do. No writer is waited for. */
  async #refresh(): Promise<void> {
    await this.#plane.catchUp().catch((error: unknown) => {
      if (error instanceof NoConnectionError) return;
      const { kind } = this.#plane.state;
      if (kind !== "stale" && kind !== "bootstrapped") throw error;
    });
  }

  #secretsKept(entry: AuditEntry): readonly string[] | undefined {
    const type = this.#plane.snapshot.types.get(entry.typeId);
    const item = type && itemOf(type, entry.entityId);
    if (type === undefined || item === undefined) return undefined;
    const plugin = this.#plane.registry.plugin(type.row, item.module, item.name);
    return secretsKept(entry, item, plugin && isConfigurable(plugin) ? plugin : undefined);
  }

  #type(id: string): TypeSnapshot {
    const type = this.#plane.snapshot.types.get(id);
    if (type === undefined) throw new TypeNotFoundError(id);
    return type;
  }

  #present(id: string): ListedItem {
    if (this.#plane.state.kind === "closed") throw new ClosedError();
    const { item } = requireItem(this.#plane.snapshot, id);
    return { ...item, readiness: this.#plane.readiness(item) };
  }

  /** As it is served by now; as it was written, where this process cannot follow. */
  #presentChanged(written: PluginItem): ListedItem {
    const served = findItem(this.#plane.snapshot, written.id)?.item;
    const item = served && served.version >= written.version ? served : written;
    return { ...item, readiness: this.#plane.readiness(item) };
  }
}
