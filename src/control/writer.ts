import { describeType } from "../definition/describe.ts";
import { InvalidOptionError } from "../definition/errors.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { checkText } from "../definition/text.ts";
import { isSameConfig, showConfig } from "../secrets/shown-config.ts";
import { emptySnapshot, toItem } from "../selection/snapshot.ts";
import type { Action, Author, RowChange, Source } from "../store/change.ts";
import type { Current, Expected } from "../store/current.ts";
import { ClosedError } from "../store/errors.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { isUuid } from "../store/uuid.ts";
import type { Decide, Written } from "../store/writing/change-work.ts";
import type { Asker } from "./change-key.ts";
import { ConflictError, ForbiddenError, ItemNotFoundError, ManagedByFileError } from "./errors.ts";
import { followChange } from "./follow-change.ts";
import { managedIn } from "./managed-changes.ts";
import type { Plane } from "./plane.ts";
import { checkAccess, checkPurge, checkTypes, mayChange, type Rights } from "./rights.ts";

/** Who makes a change, and through which door. */
export interface ChangeOptions {
  /** Who: a user's name or id, as the history shall show it. */
  readonly actor: string;
  /** Default `api`. */
  readonly source?: Source;
  /**
   * What makes the change happen once, however often it is asked for: 1 to 200 characters, of the caller's choice, such
   * as a random id. A call with a key that was used before, for the same thing, changes nothing and resolves with what
   * the first came to: its revision, how much it changed, and items as they are now. For something else it is refused
   * with a `KeyReusedError`; what the configs in a call say is not compared. A call that was refused leaves its key
   * free. Keys are kept as long as the history, for each namespace. Default: none.
   *
   * @example
   * const key = crypto.randomUUID();
   * await plugbay.control.bulk(ids, "raise", { actor: "alice", key }); // safe to repeat, when nobody knows if it was done
   */
  readonly key?: string;
}

/** What a change came to. */
export interface Changed {
  /** How many items are not as they were. */
  readonly changed: number;
  /** The revision that says so; the present one where nothing was changed. */
  readonly revision: number;
}

/** As `Changed`, with the items that are not as they were. */
export interface ChangedItems {
  readonly outcome: Changed;
  /** As they were written; those that were deleted are left out. */
  readonly items: readonly PluginItem[];
}

/** The versions that a caller has seen, by id. */
export type Versions = Readonly<Record<string, number>>;

interface WriteOptions {
  readonly ofManaged?: "refused" | "allowed";
  readonly expected?: Expected;
}

/** Writes changes of items, as far as somebody's rights reach. */
export class Writer {
  readonly #plane: Plane;
  readonly #store: Store;
  readonly #rights: Rights;
  /** What was served when a change was begun: plugbay may be closed before it is made. */
  #known = emptySnapshot;

  constructor(plane: Plane, store: Store, rights: Rights) {
    this.#plane = plane;
    this.#store = store;
    this.#rights = rights;
  }

  /**
   * Writes what `edit` makes of each of the items that `choose` names, where that differs. An update is refused
   * for items that a file manages, whether they would differ or not.
   */
  edit(
    choose: (current: Current) => Promise<readonly string[]>,
    by: Asker,
    action: Action,
    edit: (row: ItemRow) => ItemRow,
    expected: Expected,
  ): Promise<Changed> {
    const decide: Decide = async (current) => {
      const rows = await this.find(current, await choose(current));
      // Also where nothing would change: what is refused must not hang on what the file happens to say.
      if (action === "update") this.#refuseManaged(rows.filter(({ managed }) => managed !== null));
      return rows.flatMap((row) => changeOf(action, row, edit(row)));
    };
    return this.write(by, decide, { expected });
  }

  /**
   * Writes what `decide` wants, and resolves when this process serves by it. Only what keeps to the file
   * may alter what it says of items (`ofManaged`).
   *
   * @throws ManagedByFileError
   */
  async write(by: Asker, decide: Decide, options: WriteOptions = {}): Promise<Changed> {
    const { changes, revision } = await this.#write(by, decide, options);
    return { changed: changes.length, revision };
  }

  /** As `write`. The items are there also where this process cannot serve by the change. */
  async writeItems(by: Asker, decide: Decide, expected: Expected): Promise<ChangedItems> {
    const { changes, revision } = await this.#write(by, decide, { expected });
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
    by: Asker,
    decide: Decide,
    { ofManaged = "refused", expected = {} }: WriteOptions,
  ): Promise<Written> {
    const author = checkAuthor(by);
    const { key, request, changedBefore = 0 } = by;
    const repetition =
      key !== undefined && request !== undefined ? { key, request, changedBefore } : undefined;
    checkAccess(this.#rights);
    if (this.#plane.state.kind === "closed") throw new ClosedError();
    this.#known = this.#plane.snapshot;
    const decideWithin: Decide = async (current) => {
      const wanted = await decide(current);
      checkTypes(this.#rights, wanted, (typeId) => this.#type(typeId));
      if (ofManaged === "refused") this.#refuseManaged(managedIn(wanted));
      return wanted.map((change) => this.#withoutSecrets(change));
    };
    const written = await this.#store.write(author, decideWithin, { expected, repetition });
    if (written.changes.length > 0) {
      // What a transaction of the application has written is not made yet.
      const follow = () => this.#plane.take(written);
      await (this.#store.isJoined ? follow() : followChange(this.#plane, follow));
    }
    return written;
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
    return (this.#plane.snapshot.types.get(id) ?? this.#known.types.get(id))?.row;
  }

  #shown(row: ItemRow): ItemRow {
    const type = this.#type(row.typeId);
    const plugin = row.config !== null && type && this.#plane.registry.plugin(type, row.module, row.name);
    return plugin && row.config !== null ? { ...row, config: showConfig(row.config, plugin.secrets) } : row;
  }

  toItem(row: ItemRow): PluginItem {
    const type = this.#type(row.typeId);
    return toItem(this.#shown(row), { manager: type?.manager ?? "", name: type?.name ?? "" });
  }
}

/** The change that makes `before` into `after`; none where they are the same. */
export function changeOf(action: Action, before: ItemRow, after: ItemRow): RowChange[] {
  const isSame =
    before.status === after.status &&
    before.priority === after.priority &&
    before.description === after.description &&
    before.label === after.label &&
    before.configVersion === after.configVersion &&
    before.managed === after.managed &&
    isSameConfig(before.config, after.config) &&
    before.retiredAt === after.retiredAt &&
    before.retiredBy === after.retiredBy;
  return isSame ? [] : [{ entity: "item", action, before, after }];
}

function checkAuthor({ actor, source = "api" }: ChangeOptions): Author {
  if (checkText("actor", actor) === "")
    throw new InvalidOptionError("actor", actor, "say who makes the change");
  return { actor, source };
}
