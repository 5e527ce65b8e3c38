import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import type { JsonValue, PluginItem } from "../../definition/plugin-item.ts";
import { isSameConfig } from "../../secrets/shown-config.ts";
import type { RowChange } from "../../store/change.ts";
import type { Current, Expected } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";
import { isUuid } from "../../store/uuid.ts";
import type { Decide } from "../../store/writing/change-work.ts";
import { ManagedByFileError } from "../errors.ts";
import { requireItem } from "../item-of.ts";
import type { View } from "../view.ts";
import { bySnapshot } from "../writing/by-snapshot.ts";
import type { Asker } from "../writing/change-key.ts";
import type { ChangePlan } from "../writing/change-plan.ts";
import type { ChangedItems, Versions } from "../writing/changed.ts";
import { ChangedMeanwhile, retryWhenChanged } from "../writing/changed-meanwhile.ts";
import type { Writer } from "../writing/writer.ts";
import { type ConfigurablePlugin, configurable, isConfigurable } from "./configurable.ts";
import { type Preparation, type PreparedConfig, prepareConfig } from "./prepare-config.ts";

/** How items are to change. */
export interface ConfigEdits {
  readonly ids: readonly string[];
  readonly versions?: Versions;
  /** What is read beforehand. Default: the items. */
  readonly expected?: Expected;
  /** The configs that some of them get, by id, from the item as it is; as somebody would send them. */
  readonly configs: ReadonlyMap<string, (item: PluginItem, plugin: ConfigurablePlugin) => JsonValue>;
}

/** What becomes of a row; `config` where it gets one. */
export type RowEdit = (
  row: ItemRow,
  config: PreparedConfig | undefined,
  current: Current,
) => Promise<RowChange[]>;

/** A config to be stored, and the one that it was made to follow. */
interface NewConfig {
  readonly prepared: PreparedConfig;
  readonly from: JsonValue;
}

/** Writes configs that schemas have taken. They are asked outside of transactions, and may take their time. */
export class ConfigWriter {
  readonly #view: View;
  readonly #writer: Writer;
  readonly #preparation: Preparation;

  constructor(view: View, writer: Writer, preparation: Preparation) {
    this.#view = view;
    this.#writer = writer;
    this.#preparation = preparation;
  }

  async write(edits: ConfigEdits, by: Asker, edit: RowEdit): Promise<ChangedItems> {
    const { expected = { ids: edits.ids.filter(isUuid) } } = edits;
    return this.#decided(edits, edit, (decide) => this.#writer.writeItems(by, decide, expected));
  }

  /** What `write` would write, or be refused. */
  async plan(edits: ConfigEdits, edit: RowEdit): Promise<ChangePlan> {
    return this.#decided(edits, edit, (decide) => this.#writer.plan(decide));
  }

  #decided<T>(edits: ConfigEdits, edit: RowEdit, work: (decide: Decide) => Promise<T>): Promise<T> {
    return retryWhenChanged(this.#writer, async (count) => {
      if (count > 1) await this.#view.refresh();
      const configs =
        edits.configs.size > 0
          ? await bySnapshot(this.#view, () => this.#prepare(edits))
          : new Map<string, NewConfig>();
      return work(async (current) => {
        const rows = await this.#writer.find(current, edits.ids, edits.versions);
        refuseChanged(rows, configs);
        const changes: RowChange[] = [];
        for (const row of rows) changes.push(...(await edit(row, configs.get(row.id)?.prepared, current)));
        return changes;
      });
    });
  }

  /** The item's plugin, where it takes a config. */
  pluginOf(type: TypeIdentity, { module, name }: PluginIdentity): ConfigurablePlugin | undefined {
    const plugin = this.#view.registry.plugin(type, module, name);
    return plugin && isConfigurable(plugin) ? plugin : undefined;
  }

  async #prepare({ configs }: ConfigEdits): Promise<ReadonlyMap<string, NewConfig>> {
    const prepared = new Map<string, NewConfig>();
    for (const [id, make] of configs) {
      const { type, item } = requireItem(this.#view.snapshot, id);
      this.#writer.checkMayChange(type.row);
      // Also where it would stay as it is: or a guess at a secret would be answered.
      if (item.managed !== null) throw new ManagedByFileError([item]);
      const plugin = configurable(this.#view.registry, type.row, item);
      const owner = { plugin, ...this.#preparation, itemId: id, before: item };
      prepared.set(id, { prepared: await prepareConfig(owner, make(item, plugin)), from: item.config });
    }
    return prepared;
  }
}

function refuseChanged(rows: readonly ItemRow[], configs: ReadonlyMap<string, NewConfig>): void {
  for (const row of rows) {
    const config = configs.get(row.id);
    if (config !== undefined && !isSameConfig(config.from, row.config)) throw new ChangedMeanwhile(row);
  }
}
