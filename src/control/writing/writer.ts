import { describeType } from "../../definition/describe.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { holdAt } from "../../definition/hold.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import { leadAt } from "../../definition/lead.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { checkText } from "../../definition/text.ts";
import { showConfig } from "../../secrets/shown-config.ts";
import { emptySnapshot, toItem } from "../../selection/snapshot.ts";
import type { Action, Author, RowChange } from "../../store/change.ts";
import type { FirstChange } from "../../store/change-table.ts";
import type { Current, Expected } from "../../store/current.ts";
import { ClosedError } from "../../store/errors.ts";
import { type ItemRow, noRows, type TypeRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { isUuid } from "../../store/uuid.ts";
import type { Decide, Written } from "../../store/writing/change-work.ts";
import { ConflictError, ForbiddenError, ItemNotFoundError, ManagedByFileError } from "../errors.ts";
import { checkAccess, checkPurge, checkTypes, mayChange, type Rights } from "../rights.ts";
import { bringUpToDate, type View } from "../view.ts";
import { type Asker, once } from "./change-key.ts";
import { changeOf } from "./change-of.ts";
import type { ChangePlan } from "./change-plan.ts";
import type { Changed, ChangedItems, ChangeOptions, CheckedBy, Versions } from "./changed.ts";
import { currentRows } from "./current-rows.ts";
import { followChange } from "./follow-change.ts";
import { managedIn } from "./managed-changes.ts";
import { checkReason } from "./reason.ts";

interface WriteOptions {
  readonly ofManaged?: "refused" | "allowed";
  readonly expected?: Expected;
}

/** Names the items that a change is for. */
type Choose = (current: Current) => Promise<readonly string[]>;

/** Writes changes of items, as far as somebody's rights reach. */
export class Writer {
  readonly #view: View;
  readonly #store: Store;
  readonly #rights: Rights;
  /** What was served when a change was begun: plugbay may be closed before it is made. */
  #known = emptySnapshot;

  constructor(view: View, store: Store, rights: Rights) {
    this.#view = view;
    this.#store = store;
    this.#rights = rights;
  }

  /**
   * Writes what `edit` makes of each of the items that `choose` names, where that differs. An update is refused
   * for items that a file manages, whether they would differ or not; any change for those at other `versions`.
   */
  edit(
    choose: Choose,
    by: Asker,
    action: Action,
    edit: (row: ItemRow) => ItemRow,
    expected: Expected,
    versions: Versions = {},
  ): Promise<Changed> {
    return this.write(by, this.#editing(choose, action, edit, versions), { expected });
  }

  /** What `edit` would write, or be refused, over the rows as they are now, or as `current` has them. */
  planEdit(
    choose: Choose,
    action: Action,
    edit: (row: ItemRow) => ItemRow,
    { current, versions }: { readonly current?: Current; readonly versions?: Versions } = {},
  ): Promise<ChangePlan> {
    return this.plan(this.#editing(choose, action, edit, versions), current);
  }

  #editing(choose: Choose, action: Action, edit: (row: ItemRow) => ItemRow, versions: Versions = {}): Decide {
    return async (current) => {
      const rows = await this.find(current, await choose(current), versions);
      // Also where nothing would change: what is refused must not depend on what the file happens to say.
      if (action === "update") this.#refuseManaged(rows.filter(({ managed }) => managed !== null));
      return rows.flatMap((row) => changeOf(action, row, edit(row)));
    };
  }

  /**
   * What `write` would write, over the rows as they are now, or as `current` has them; it is refused what `write` would
   * be refused.
   */
  async plan(decide: Decide, current?: Current): Promise<ChangePlan> {
    checkAccess(this.#rights);
    this.#known = this.#view.snapshot;
    const rows = current ? undefined : await this.#store.readAll();
    const types = new Map(rows?.types.map((row) => [row.id, row]));
    const wanted = await this.#within(decide, "refused")(current ?? currentRows(rows ?? noRows));
    const changes = wanted.map((change) => {
      const row = change.after ?? change.before;
      const typeId = row && "typeId" in row ? row.typeId : "";
      const { manager = "", name = "" } = types.get(typeId) ?? this.#type(typeId) ?? {};
      return { ...change, type: { manager, name } };
    });
    return { changes };
  }

  /**
   * Writes what `decide` wants, and resolves when this process serves by it. Only what keeps to the file
   * may alter what it says of items (`ofManaged`).
   *
   * @throws ManagedByFileError
   */
  async write(by: Asker, decide: Decide, options: WriteOptions = {}): Promise<Changed> {
    const { changes, revision } = await this.#write(this.#authorOf(by), by, decide, options);
    return { changed: changes.length, revision };
  }

  /** Has the history tell that an item's stored secrets are used for a check, and which fields differ from its config. */
  async noteCheck(id: string, differing: readonly string[], by: CheckedBy): Promise<void> {
    const decide: Decide = async (current) => {
      const rows = await this.find(current, [id]);
      return rows.map((row) => ({
        entity: "item",
        action: "check",
        before: row,
        after: row,
        told: { differing: [...differing] },
      }));
    };
    const { actor, source = "api" } = by;
    const author = actor === undefined ? { actor: null, source } : checkAuthor({ actor, source });
    await this.#write(author, {}, decide, { ofManaged: "allowed" });
  }

  /** As `write`. The items are there also where this process cannot serve by the change. */
  async writeItems(by: Asker, decide: Decide, expected: Expected): Promise<ChangedItems> {
    const { changes, revision } = await this.#write(this.#authorOf(by), by, decide, { expected });
    const items = changes.flatMap(({ entity, after }) =>
      entity === "item" && after !== null ? [this.toItem(after)] : [],
    );
    return { outcome: { changed: changes.length, revision }, items };
  }

  /**
   * The rows of the ids, in their order.
   *
   * @throws ItemNotFoundError; ConflictError with all the items that are at other versions than these
   */
  async find(
    current: Pick<Current, "items">,
    ids: readonly string[],
    versions: Versions = {},
  ): Promise<ItemRow[]> {
    const wanted = [...new Set(ids)];
    const known = wanted.filter(isUuid);
    const found = new Map((await current.items(known)).map((row) => [row.id, row]));
    const missing = wanted.filter((id) => !found.has(id));
    if (missing.length > 0) throw new ItemNotFoundError(missing);
    const rows = wanted.map((id) => found.get(id)).filter((row) => row !== undefined);
    const stale = rows.filter(({ id, version }) => Object.hasOwn(versions, id) && versions[id] !== version);
    const [first] = stale;
    if (first) {
      throw new ConflictError(
        stale.map((row) => this.toItem(row)),
        versions[first.id],
      );
    }
    return rows;
  }

  /**
   * Makes a change once under its key, and has a repetition answer by what is there now.
   *
   * @throws KeyReusedError where the key belongs to another change; whatever `make` throws
   */
  once<T>(
    what: { readonly call: string; readonly given: unknown },
    by: ChangeOptions,
    make: (by: Asker) => Promise<T>,
    again: (first: FirstChange) => Promise<T>,
  ): Promise<T> {
    return once(this.#store, what, by, make, async (first) => {
      await bringUpToDate(this.#view);
      return again(first);
    });
  }

  /** @throws ForbiddenError */
  checkMayPurge(): void {
    checkPurge(this.#rights);
  }

  /** Refuses before anything is looked at what `write` would refuse at its end. @throws ForbiddenError */
  checkMayChange(type: TypeIdentity): void {
    checkAccess(this.#rights);
    if (!mayChange(this.#rights, type)) throw new ForbiddenError(`changing items of ${describeType(type)}`);
  }

  async #write(
    author: Author,
    { key, request, changedBefore = 0 }: Omit<Asker, keyof Author>,
    decide: Decide,
    { ofManaged = "refused", expected = {} }: WriteOptions,
  ): Promise<Written> {
    const repetition =
      key !== undefined && request !== undefined ? { key, request, changedBefore } : undefined;
    checkAccess(this.#rights);
    if (this.#view.state.kind === "closed") throw new ClosedError();
    this.#known = this.#view.snapshot;
    const written = await this.#store.write(author, this.#within(decide, ofManaged), {
      expected,
      repetition,
    });
    if (written.changes.length > 0) {
      // What a transaction of the application has written is not made yet.
      const follow = () => this.#view.take(written);
      await (this.#store.isJoined ? follow() : followChange(this.#view, follow));
    }
    return written;
  }

  /** As far as rights and files allow it. */
  #within(decide: Decide, ofManaged: WriteOptions["ofManaged"]): Decide {
    return async (current) => {
      const wanted = await decide(current);
      checkTypes(this.#rights, wanted, (typeId) => this.#type(typeId));
      if (ofManaged === "refused") this.#refuseManaged(managedIn(wanted));
      return wanted.map((change) => this.#withoutSecrets(change));
    };
  }

  /** @throws ForbiddenError, ReasonRequiredError, InvalidOptionError */
  #authorOf(by: ChangeOptions): Author {
    checkAccess(this.#rights);
    const author = checkAuthor(by);
    return { ...author, reason: checkReason(by.reason, { isRequired: this.#rights.requireReason ?? false }) };
  }

  #refuseManaged(rows: readonly ItemRow[]): void {
    if (rows.length > 0) throw new ManagedByFileError(rows.map((row) => this.toItem(row)));
  }

  /** The change, with nothing for the history to tell of a secret that stood unencrypted so far. */
  #withoutSecrets(change: RowChange): RowChange {
    const { before } = change;
    if (change.entity !== "item" || before === null || !("config" in before)) return change;
    return { ...change, before: this.#shown(before) };
  }

  #type(id: string): TypeRow | undefined {
    return (this.#view.snapshot.types.get(id) ?? this.#known.types.get(id))?.row;
  }

  #shown(row: ItemRow): ItemRow {
    const type = this.#type(row.typeId);
    const plugin = row.config !== null && type && this.#view.registry.plugin(type, row.module, row.name);
    return plugin && row.config !== null ? { ...row, config: showConfig(row.config, plugin.secrets) } : row;
  }

  toItem(row: ItemRow): PluginItem {
    const type = this.#type(row.typeId);
    const now = this.#store.clock.now();
    const present = { ...this.#shown(row), hold: holdAt(row.hold, now), lead: leadAt(row.lead, now) };
    return toItem(present, { manager: type?.manager ?? "", name: type?.name ?? "" });
  }
}

function checkAuthor({ actor, source = "api" }: ChangeOptions): Author {
  if (checkText("actor", actor) === "")
    throw new InvalidOptionError("actor", actor, "say who makes the change");
  return { actor, source };
}
