import type { TypeIdentity } from "../definition/identity.ts";
import { checkName } from "../definition/name.ts";
import type { JsonValue } from "../definition/plugin-item.ts";
import { checkPriority } from "../definition/priority.ts";
import { checkStatus, type Status } from "../definition/status.ts";
import { checkText } from "../definition/text.ts";
import {
  ConflictError,
  describePlugin,
  LabelTakenError,
  ManagedByFileError,
  UnknownTypeError,
} from "../errors.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { isSameConfig } from "../secrets/shown-config.ts";
import type { TypeSnapshot } from "../selection/snapshot.ts";
import type { RowChange } from "../store/change.ts";
import type { ItemRow } from "../store/rows.ts";
import type { Current } from "../store/store.ts";
import { newUuid } from "../store/uuid.ts";
import type { ItemPatch } from "./check-patch.ts";
import { configurable } from "./configurable.ts";
import { requireItem } from "./item-of.ts";
import { newRow } from "./new-row.ts";
import type { Plane } from "./plane.ts";
import { type PreparedConfig, prepareConfig, presentConfig } from "./prepare-config.ts";
import { type Changed, type ChangeOptions, changeOf, type Versions, type Writer } from "./writer.ts";

/** An item to be added to a configurable plugin. */
export interface NewItem {
  /** The plugin's type: its token, or its manager and name. */
  readonly type: TypeIdentity;
  readonly module: string;
  readonly name: string;
  /** Tells it apart from the plugin's other items: 1 to 100 code points. */
  readonly label: string;
  /** As the plugin's schema takes it. Default `{}`. */
  readonly config?: JsonValue;
  /** Default: the plugin's. */
  readonly status?: Status;
  /** Default: the plugin's. */
  readonly priority?: number;
  /** Default `""`. */
  readonly description?: string;
}

/** What a copy of an item is called, and whether it serves. */
export interface Duplicate {
  readonly label: string;
  /** Default `disable`: a copy does not serve before somebody has looked at it. */
  readonly status?: Status;
}

/** How often a config is prepared anew, because the item's own was changed meanwhile. */
const maxAttempts = 5;

/** Adds and changes items with configs. Schemas are asked outside of transactions: they may take their time. */
export class ConfiguredItems {
  readonly #plane: Plane;
  readonly #writer: Writer;
  readonly #keys: KeyRing;

  constructor(plane: Plane, writer: Writer, keys: KeyRing) {
    this.#plane = plane;
    this.#writer = writer;
    this.#keys = keys;
  }

  /** Adds an item and answers with its id. */
  async create({ type, module, name, config = {}, ...item }: NewItem, by: ChangeOptions): Promise<string> {
    await this.#plane.refresh();
    const { row: typeRow } = this.#typeOf(type);
    this.#writer.checkMayChange(typeRow);
    const plugin = configurable(this.#plane.registry, typeRow, { module, name });
    const subject = `a new item of ${describePlugin(plugin)}`;
    const label = checkName(`label of ${subject}`, item.label);
    const status = checkStatus(subject, item.status ?? plugin.status);
    const priority = checkPriority(subject, item.priority ?? plugin.priority);
    const description = checkText(`description of ${subject}`, item.description ?? "");
    const id = newUuid();
    const prepared = await prepareConfig({ plugin, keys: this.#keys, itemId: id }, config);
    const row = newRow(id, typeRow.id, { module, name, label, status, priority, description, ...prepared });
    await this.#add(row, by);
    return row.id;
  }

  /** Adds a copy of an item, under another label, and answers with its id. */
  async duplicate(id: string, { label, status = "disable" }: Duplicate, by: ChangeOptions): Promise<string> {
    await this.#plane.refresh();
    const { type, item } = requireItem(this.#plane.snapshot, id);
    this.#writer.checkMayChange(type.row);
    const plugin = configurable(this.#plane.registry, type.row, item);
    const subject = `a copy of plugin item ${id}`;
    const owner = { plugin, keys: this.#keys, itemId: newUuid() };
    const prepared = await prepareConfig(owner, presentConfig(plugin, item, this.#keys));
    const { module, name, priority, description } = item;
    const row = newRow(owner.itemId, type.row.id, {
      ...{ module, name, priority, description, ...prepared },
      label: checkName(`label of ${subject}`, label),
      status: checkStatus(subject, status),
    });
    await this.#add(row, by);
    return row.id;
  }

  /** Changes items, each in its own way. */
  async update(
    patches: ReadonlyMap<string, ItemPatch>,
    by: ChangeOptions,
    versions: Versions,
  ): Promise<Changed> {
    const ids = [...patches.keys()];
    for (let attempt = 1; ; attempt += 1) {
      const configs = await this.#prepare(patches);
      try {
        return await this.#writer.write(by, async (current) => {
          const rows = await this.#writer.find(current, ids, versions);
          for (const row of rows) {
            const from = configs.get(row.id)?.from;
            if (from !== undefined && !isSameConfig(from, row.config)) throw new Outrun(row);
          }
          const changes: RowChange[] = [];
          for (const row of rows) {
            const { from: _, ...config } = configs.get(row.id) ?? {};
            const after: ItemRow = { ...row, ...patches.get(row.id), ...config };
            if (after.label !== row.label) await refuseTakenLabel(current, after, patches);
            changes.push(...changeOf("update", row, after));
          }
          return changes;
        });
      } catch (error) {
        if (!(error instanceof Outrun)) throw error;
        if (attempt < maxAttempts) continue;
        const problem = "is being configured by others at this moment; repeat the change";
        throw new ConflictError([this.#writer.toItem(error.row)], undefined, problem);
      }
    }
  }

  /** Configs to be stored, by item id, each with the one that it was made to follow. */
  async #prepare(
    patches: ReadonlyMap<string, ItemPatch>,
  ): Promise<Map<string, PreparedConfig & { readonly from: JsonValue }>> {
    const prepared = new Map<string, PreparedConfig & { readonly from: JsonValue }>();
    const configuring = [...patches].filter(
      ([, { label, config }]) => label !== undefined || config !== undefined,
    );
    if (configuring.length > 0) await this.#plane.refresh();
    for (const [id, { config, label }] of configuring) {
      const { type, item } = requireItem(this.#plane.snapshot, id);
      this.#writer.checkMayChange(type.row);
      if (config === undefined && label === item.label) continue;
      if (item.managed !== null) throw new ManagedByFileError([item]);
      const plugin = configurable(this.#plane.registry, type.row, item);
      if (label !== undefined && label !== item.label) checkName(`label of plugin item ${id}`, label);
      if (config === undefined) continue;
      const owner = { plugin, keys: this.#keys, itemId: id, before: item };
      prepared.set(id, { ...(await prepareConfig(owner, config)), from: item.config });
    }
    return prepared;
  }

  async #add(row: ItemRow, by: ChangeOptions): Promise<void> {
    await this.#writer.write(by, async (current) => {
      await refuseTakenLabel(current, row);
      return [{ entity: "item", action: "create", before: null, after: row }];
    });
  }

  #typeOf({ manager, name }: TypeIdentity): TypeSnapshot {
    const type = this.#plane.snapshot.byIdentity.get(manager, name);
    if (type === undefined || !this.#plane.registry.type({ manager, name })) {
      throw new UnknownTypeError({ manager, name });
    }
    return type;
  }
}

/** Thrown inside a transaction when the item's config is no longer the one that was looked at. */
class Outrun extends Error {
  readonly row: ItemRow;
  constructor(row: ItemRow) {
    super("the config was changed meanwhile");
    this.row = row;
  }
}

/** A label is taken by an item that has it, and by one that gets it in the same change. */
async function refuseTakenLabel(
  current: Current,
  row: ItemRow,
  patches: ReadonlyMap<string, ItemPatch> = new Map(),
): Promise<void> {
  const others = await current.itemsOf(row.typeId, row);
  const holder = others.find(
    ({ id, label }) => id !== row.id && (label === row.label || patches.get(id)?.label === row.label),
  );
  if (holder) throw new LabelTakenError(row, row.label, holder);
}
