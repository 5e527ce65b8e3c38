import { describePlugin } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { checkName } from "../definition/name.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import { checkPriority } from "../definition/priority.ts";
import { checkStatus, type Status } from "../definition/status.ts";
import { checkText } from "../definition/text.ts";
import { UnknownTypeError } from "../registry/errors.ts";
import type { TypeSnapshot } from "../selection/snapshot.ts";
import { newItemRow } from "../store/new-row.ts";
import type { ItemRow } from "../store/rows.ts";
import { newUuid } from "../store/uuid.ts";
import type { ItemPatch } from "./check-patch.ts";
import type { ConfigWriter } from "./config-writer.ts";
import { configurable } from "./configurable.ts";
import { requireItem } from "./item-of.ts";
import type { Plane } from "./plane.ts";
import { type Preparation, prepareConfig, presentConfig } from "./prepare-config.ts";
import { bestNamed, namesForNew } from "./stored-names.ts";
import { refuseTakenLabel } from "./taken-label.ts";
import { type ChangedItems, type ChangeOptions, changeOf, type Versions, type Writer } from "./writer.ts";

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

/** Adds and changes items with configs. Schemas are asked outside of transactions: they may take their time. */
export class ConfiguredItems {
  readonly #plane: Plane;
  readonly #writer: Writer;
  readonly #configs: ConfigWriter;
  readonly #preparation: Preparation;

  constructor(plane: Plane, writer: Writer, configs: ConfigWriter, preparation: Preparation) {
    this.#plane = plane;
    this.#writer = writer;
    this.#configs = configs;
    this.#preparation = preparation;
  }

  /** Adds an item and answers with it. */
  async create(
    { type, module, name, config = {}, ...item }: NewItem,
    by: ChangeOptions,
  ): Promise<PluginItem> {
    await this.#plane.refresh();
    const known = this.#typeOf(type);
    const { row: typeRow } = known;
    this.#writer.checkMayChange(typeRow);
    const plugin = configurable(this.#plane.registry, typeRow, { module, name });
    const subject = `a new item of ${describePlugin(plugin)}`;
    const label = checkName(`label of ${subject}`, item.label);
    const status = checkStatus(subject, item.status ?? plugin.status);
    const priority = checkPriority(subject, item.priority ?? plugin.priority);
    const description = checkText(`description of ${subject}`, item.description ?? "");
    const id = newUuid();
    const prepared = await prepareConfig({ plugin, ...this.#preparation, itemId: id }, config);
    const given = { module, name, label, status, priority, description, ...prepared };
    const row = newItemRow({ id, typeId: typeRow.id, ...given });
    return this.#add(row, known, plugin, by);
  }

  /** Adds a copy of an item, under another label, and answers with it. */
  async duplicate(
    id: string,
    { label, status = "disable" }: Duplicate,
    by: ChangeOptions,
  ): Promise<PluginItem> {
    await this.#plane.refresh();
    const { type, item } = requireItem(this.#plane.snapshot, id);
    this.#writer.checkMayChange(type.row);
    const plugin = configurable(this.#plane.registry, type.row, item);
    const subject = `a copy of plugin item ${id}`;
    const owner = { plugin, ...this.#preparation, itemId: newUuid() };
    const prepared = await prepareConfig(owner, presentConfig(plugin, item, this.#preparation.keys));
    const { module, name, priority, description } = item;
    const row = newItemRow({
      ...{ id: owner.itemId, typeId: type.row.id, module, name, priority, description, ...prepared },
      label: checkName(`label of ${subject}`, label),
      status: checkStatus(subject, status),
    });
    return this.#add(row, type, plugin, by);
  }

  /** Changes items, each in its own way. */
  async update(
    patches: ReadonlyMap<string, ItemPatch>,
    by: ChangeOptions,
    versions: Versions,
  ): Promise<ChangedItems> {
    await this.#checkLabels(patches);
    const configs = new Map<string, () => JsonValue>();
    for (const [id, { config }] of patches) if (config !== undefined) configs.set(id, () => config);
    return this.#configs.write(
      { ids: [...patches.keys()], versions, configs },
      by,
      async (row, config, current) => {
        const after: ItemRow = { ...row, ...patches.get(row.id), ...config };
        if (after.label !== row.label) await refuseTakenLabel(current, after, patches);
        return changeOf("update", row, after);
      },
    );
  }

  /** New labels are for items of plugins that take configs, and are names. */
  async #checkLabels(patches: ReadonlyMap<string, ItemPatch>): Promise<void> {
    const labelled = [...patches].filter(([, { label }]) => label !== undefined);
    if (labelled.length > 0) await this.#plane.refresh();
    for (const [id, { label }] of labelled) {
      const { type, item } = requireItem(this.#plane.snapshot, id);
      this.#writer.checkMayChange(type.row);
      if (label === item.label) continue;
      configurable(this.#plane.registry, type.row, item);
      checkName(`label of plugin item ${id}`, label);
    }
  }

  /** Under the names that the plugin's other items are stored with, so that all processes know it as them. */
  async #add(
    given: ItemRow,
    { items }: TypeSnapshot,
    plugin: Plugin,
    by: ChangeOptions,
  ): Promise<PluginItem> {
    const siblings = items.filter(({ module, name }) => module === plugin.module && name === plugin.name);
    const known = bestNamed(siblings);
    const { items: added } = await this.#writer.writeItems(by, async (current) => {
      const [sibling] = await current.items(known ? [known.id] : []);
      const row = { ...given, ...namesForNew(plugin, sibling, () => items) };
      await refuseTakenLabel(current, row);
      return [{ entity: "item", action: "create", before: null, after: row }];
    });
    return added[0] as PluginItem;
  }

  #typeOf({ manager, name }: TypeIdentity): TypeSnapshot {
    const type = this.#plane.snapshot.byIdentity.get(manager, name);
    if (type === undefined || !this.#plane.registry.type({ manager, name })) {
      throw new UnknownTypeError({ manager, name });
    }
    return type;
  }
}
