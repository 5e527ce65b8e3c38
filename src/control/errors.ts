import { describePlugin, itemLabel, preview } from "../definition/describe.ts";
import type { PluginIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/** No item has the given id in this namespace. */
export class ItemNotFoundError extends PlugbayError {
  static override readonly errorName = "ItemNotFoundError";
  override readonly name = ItemNotFoundError.errorName;
  readonly code = "ITEM_NOT_FOUND";
  readonly kind = "not-found";
  /** The ids that no item has. */
  readonly ids: readonly string[];
  constructor(ids: readonly string[]) {
    super(`no plugin item has the id ${ids.map((id) => preview(id)).join(", ")}`);
    this.ids = ids;
  }
}

/** No plugin type has the given id in this namespace. */
export class TypeNotFoundError extends PlugbayError {
  static override readonly errorName = "TypeNotFoundError";
  override readonly name = TypeNotFoundError.errorName;
  readonly code = "TYPE_NOT_FOUND";
  readonly kind = "not-found";
  /** The id that no type has. */
  readonly id: string;
  constructor(id: string) {
    super(`no plugin type has the id ${preview(id)}`);
    this.id = id;
  }
}

/** The history has no such entry in this namespace. */
export class EntryNotFoundError extends PlugbayError {
  static override readonly errorName = "EntryNotFoundError";
  override readonly name = EntryNotFoundError.errorName;
  readonly code = "ENTRY_NOT_FOUND";
  readonly kind = "not-found";
  /** The revision that was asked for. */
  readonly revision: number;
  /** The position within that revision. */
  readonly position: number;
  constructor(revision: number, position: number) {
    super(`the history has no entry ${position} at revision ${revision}`);
    this.revision = revision;
    this.position = position;
  }
}

/** A change needs a reason here, and came without one. */
export class ReasonRequiredError extends PlugbayError {
  static override readonly errorName = "ReasonRequiredError";
  override readonly name = ReasonRequiredError.errorName;
  readonly code = "REASON_REQUIRED";
  readonly kind = "invalid";
  constructor() {
    super(
      'say why: a change needs a reason here, which the history keeps ("reason" of a call, --reason of a command)',
    );
  }
}

/** The caller may not make this change. */
export class ForbiddenError extends PlugbayError {
  static override readonly errorName = "ForbiddenError";
  override readonly name = ForbiddenError.errorName;
  readonly code = "FORBIDDEN";
  readonly kind = "forbidden";
  constructor(problem: string) {
    super(`not allowed: ${problem}`);
  }
}

/**
 * Items were changed since the caller read them. `all` are these items as they are now, and `current` the
 * first of them.
 */
export class ConflictError extends PlugbayError {
  static override readonly errorName = "ConflictError";
  override readonly name = ConflictError.errorName;
  readonly code = "CONFLICT";
  readonly kind = "conflict";
  /** The first of the changed items, as it is now. */
  readonly current: PluginItem;
  /** The changed items, as they are now. */
  readonly all: readonly PluginItem[];
  /** The version of `current` that the caller had read, where it was given. */
  readonly version: number | undefined;
  constructor(all: readonly PluginItem[], version: number | undefined, problem?: string) {
    const [current] = all;
    if (current === undefined) throw new TypeError("a conflict is about an item");
    const others = all.length === 1 ? "" : `, and so were ${all.length - 1} others`;
    super(
      `plugin item ${current.id} ("${current.name}") ` +
        (problem ??
          `has been changed since: it is at version ${current.version}, not ${version}${others}; ` +
            "read it again and repeat the change"),
    );
    this.current = current;
    this.all = all;
    this.version = version;
  }
}

/** Rows to be purged are still referenced by the application's own tables. */
export class PurgeBlockedError extends PlugbayError {
  static override readonly errorName = "PurgeBlockedError";
  override readonly name = PurgeBlockedError.errorName;
  readonly code = "PURGE_BLOCKED";
  readonly kind = "conflict";
  /** The retired items that were to be purged. */
  readonly ids: readonly string[];
  constructor(ids: readonly string[], cause: unknown) {
    super(
      `nothing was purged: rows of the application still point at retired items, ${ids.length} of which are due; ` +
        `delete those rows first, or leave the items retired (${messageOf(cause)})`,
      { cause },
    );
    this.ids = ids;
  }
}

/** Another item of the plugin has the label; a retired one keeps its own. */
export class LabelTakenError extends PlugbayError {
  static override readonly errorName = "LabelTakenError";
  override readonly name = LabelTakenError.errorName;
  readonly code = "LABEL_TAKEN";
  readonly kind = "conflict";
  /** The label that was asked for. */
  readonly label: string;
  /** The item that has it. */
  readonly itemId: string;
  constructor(
    plugin: PluginIdentity,
    label: string,
    holder: { readonly id: string; readonly retiredAt: string | null },
  ) {
    const retired =
      holder.retiredAt === null ? "" : ", which is retired: restore it, or choose another label";
    super(`the label ${preview(label)} of ${describePlugin(plugin)} is taken by item ${holder.id}${retired}`);
    this.label = label;
    this.itemId = holder.id;
  }
}

/** What was to be changed of items, a file says, which manages them. Nothing was changed. */
export class ManagedByFileError extends PlugbayError {
  static override readonly errorName = "ManagedByFileError";
  override readonly name = ManagedByFileError.errorName;
  readonly code = "MANAGED_BY_FILE";
  readonly kind = "conflict";
  /** The items that a file manages. */
  readonly items: readonly PluginItem[];
  constructor(items: readonly PluginItem[]) {
    super(
      `${items.map(itemLabel).join(", ")} ${items.length === 1 ? "is" : "are"} managed by a file, ` +
        `so nothing was changed; change the file and run "npx plugbay import", or remove the mark with ` +
        `"npx plugbay item unmanage"`,
    );
    this.items = items;
  }
}

/** A change of a config cannot be undone from what the history keeps of it. Nothing was changed. */
export class NotRevertibleError extends PlugbayError {
  static override readonly errorName = "NotRevertibleError";
  override readonly name = NotRevertibleError.errorName;
  readonly code = "NOT_REVERTIBLE";
  readonly kind = "conflict";
  /** The id of the item. */
  readonly itemId: string;
  constructor(item: PluginItem, problem: string) {
    super(`the change of ${itemLabel(item)} cannot be reverted: ${problem}; change it by hand`);
    this.itemId = item.id;
  }
}
