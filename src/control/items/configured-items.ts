import { checkStatus } from "../../definition/check-status.ts";
import type { ConfigValue } from "../../definition/config-value.ts";
import type { OptionNames } from "../../definition/known-options.ts";
import { checkName } from "../../definition/name.ts";
import type { Plugin } from "../../definition/plugin.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import { checkText } from "../../definition/text.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { RowChange } from "../../store/change.ts";
import type { Current } from "../../store/current.ts";
import { newItemRow } from "../../store/new-row.ts";
import type { PluginPlace } from "../../store/read-rows.ts";
import type { ItemRow } from "../../store/rows.ts";
import { isUuid, newUuid } from "../../store/uuid.ts";
import type { ConfigWriter } from "../config/config-writer.ts";
import { configurable } from "../config/configurable.ts";
import { type Preparation, prepareConfig, presentConfig } from "../config/prepare-config.ts";
import { requireItem } from "../item-of.ts";
import type { View } from "../view.ts";
import { bySnapshot } from "../writing/by-snapshot.ts";
import type { Asker } from "../writing/change-key.ts";
import { changeOf } from "../writing/change-of.ts";
import type { ChangedItems, Versions } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import type { CheckedPatch } from "./check-patch.ts";
import type { NamedItem } from "./new-item.ts";
import { placeOfNew } from "./place-of-new.ts";
import { bestNamed, namesForNew } from "./stored-names.ts";
import { refuseTakenLabel } from "./taken-label.ts";
import { withStatus } from "./with-status.ts";

/** What a copy of an item is called, and whether it serves. */
export interface Duplicate {
  /** Tells it apart from the plugin's other items: 1 to 100 code points. */
  readonly label: string;
  /** Default `disable`: a copy does not serve before somebody has looked at it. */
  readonly status?: Status | undefined;
}

export const duplicateNames: OptionNames<Duplicate> = { label: true, status: true };

/** An item that is to be added, and what it is of. */
interface AddedItem {
  readonly row: ItemRow;
  readonly type: TypeSnapshot;
  readonly plugin: Plugin;
}

/** Adds and changes items with configs. Schemas are asked outside of transactions: they may take their time. */
export class ConfiguredItems {
  readonly #view: View;
  readonly #writer: Writer;
  readonly #configs: ConfigWriter;
  readonly #preparation: Preparation;

  constructor(view: View, writer: Writer, configs: ConfigWriter, preparation: Preparation) {
    this.#view = view;
    this.#writer = writer;
    this.#configs = configs;
    this.#preparation = preparation;
  }

  /** Adds an item and answers with it. */
  async create(item: NamedItem, by: Asker): Promise<PluginItem> {
    return this.#add(await bySnapshot(this.#view, () => this.#newItem(item)), by);
  }

  async #newItem({ config = {}, ...item }: NamedItem): Promise<AddedItem> {
    const { type, plugin, subject, status, priority } = placeOfNew(this.#view, this.#writer, item);
    const label = item.label === undefined ? "" : checkName(`label of ${subject}`, item.label);
    const description = checkText(`description of ${subject}`, item.description ?? "");
    const id = newUuid();
    const prepared = await prepareConfig({ plugin, ...this.#preparation, itemId: id }, config);
    const { module, name } = item;
    const given = { module, name, label, status, priority, description, ...prepared };
    return { row: newItemRow({ id, typeId: type.row.id, ...given }), type, plugin };
  }

  /** Adds a copy of an item, under another label, and answers with it. */
  async duplicate(id: string, copy: Duplicate, by: Asker): Promise<PluginItem> {
    return this.#add(await bySnapshot(this.#view, () => this.#copyOf(id, copy)), by);
  }

  async #copyOf(id: string, { label, status = "disable" }: Duplicate): Promise<AddedItem> {
    const { type, item } = requireItem(this.#view.snapshot, id);
    this.#writer.checkMayChange(type.row);
    const plugin = configurable(this.#view.registry, type.row, item);
    const subject = `a copy of plugin item ${id}`;
    const owner = { plugin, ...this.#preparation, itemId: newUuid() };
    const prepared = await prepareConfig(owner, presentConfig(plugin, item, this.#preparation.keys));
    const { module, name, priority, description } = item;
    const row = newItemRow({
      ...{ id: owner.itemId, typeId: type.row.id, module, name, priority, description, ...prepared },
      label: checkName(`label of ${subject}`, label),
      status: checkStatus(subject, status),
    });
    return { row, type, plugin };
  }

  /** Changes items, each in its own way. */
  async update(
    patches: ReadonlyMap<string, CheckedPatch>,
    by: Asker,
    versions: Versions,
  ): Promise<ChangedItems> {
    const labelled = [...patches].filter(([, { label }]) => label !== undefined);
    const place = labelled.length > 0 && (await bySnapshot(this.#view, () => this.#checkLabels(labelled)));
    const ids = [...patches.keys()];
    const configs = new Map<string, () => ConfigValue>();
    for (const [id, { config }] of patches) if (config !== undefined) configs.set(id, () => config);
    return this.#configs.write(
      { ids, versions, configs, expected: { ids: ids.filter(isUuid), ...(place && { plugin: place }) } },
      by,
      async (row, config, current) => {
        const { config: _, ...fields } = patches.get(row.id) ?? {};
        const after: ItemRow = { ...withStatus(row, fields.status), ...fields, ...config };
        if (after.label !== row.label) await refuseTakenLabel(current, after, patches);
        return changeOf("update", row, after);
      },
    );
  }

  /** New labels are for items of plugins that take configs, and are names. Where they are of one plugin, it is which one. */
  #checkLabels(labelled: readonly (readonly [string, CheckedPatch])[]): PluginPlace | undefined {
    const places = new Map<string, PluginPlace>();
    for (const [id, { label }] of labelled) {
      const { type, item } = requireItem(this.#view.snapshot, id);
      this.#writer.checkMayChange(type.row);
      if (label === item.label) continue;
      configurable(this.#view.registry, type.row, item);
      checkName(`label of plugin item ${id}`, label);
      const { module, name } = item;
      places.set(JSON.stringify([type.row.id, module, name]), { typeId: type.row.id, module, name });
    }
    return places.size === 1 ? [...places.values()][0] : undefined;
  }

  /** Under the names that the plugin's other items are stored with, so that all processes know it as them. */
  async #add({ row: given, type: { items }, plugin }: AddedItem, by: Asker): Promise<PluginItem> {
    const siblings = items.filter(({ module, name }) => module === plugin.module && name === plugin.name);
    const known = bestNamed(siblings);
    const { module, name } = known ?? plugin;
    const expected = { ids: known ? [known.id] : [], plugin: { typeId: given.typeId, module, name } };
    const decide = async (current: Current): Promise<RowChange[]> => {
      const [sibling] = await current.items(known ? [known.id] : []);
      const row = { ...given, ...namesForNew(plugin, sibling, () => items) };
      await refuseTakenLabel(current, row);
      return [{ entity: "item", action: "create", before: null, after: row }];
    };
    const { items: added } = await this.#writer.writeItems(by, decide, expected);
    return added[0] as PluginItem;
  }
}
