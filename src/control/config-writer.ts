import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import { isSameConfig } from "../secrets/shown-config.ts";
import type { RowChange } from "../store/change.ts";
import type { Current, Expected } from "../store/current.ts";
import type { ItemRow } from "../store/rows.ts";
import { isUuid } from "../store/uuid.ts";
import { bySnapshot } from "./by-snapshot.ts";
import type { Asker } from "./change-key.ts";
import { type ConfigurablePlugin, configurable } from "./configurable.ts";
import { ManagedByFileError } from "./errors.ts";
import { requireItem } from "./item-of.ts";
import { Outrun, retryOutrun } from "./outrun.ts";
import type { Plane } from "./plane.ts";
import { type Preparation, type PreparedConfig, prepareConfig } from "./prepare-config.ts";
import type { ChangedItems, Versions, Writer } from "./writer.ts";

/** What shall become of items. */
export interface ConfigEdits {
  readonly ids: readonly string[];
  readonly versions?: Versions;
  /** What is read beforehand. Default: the items. */
  readonly expected?: Expected;
  /** The configs that some of them get, by id, from the item as it is; as somebody would send them. */
  readonly configs: ReadonlyMap<string, (item: PluginItem, plugin: ConfigurablePlugin) => JsonValue>;
}

/** What becomes of a row; `config` where it gets one. */
type RowEdit = (row: ItemRow, config: PreparedConfig | undefined, current: Current) => Promise<RowChange[]>;

/** A config to be stored, and the one that it was made to follow. */
interface NewConfig {
  readonly prepared: PreparedConfig;
  readonly from: JsonValue;
}

/** Writes configs that schemas have taken. They are asked outside of transactions, and may take their time. */
export class ConfigWriter {
  readonly #plane: Plane;
  readonly #writer: Writer;
  readonly #preparation: Preparation;

  constructor(plane: Plane, writer: Writer, preparation: Preparation) {
    this.#plane = plane;
    this.#writer = writer;
    this.#preparation = preparation;
  }

  async write(edits: ConfigEdits, by: Asker, edit: RowEdit): Promise<ChangedItems> {
    const { ids, versions, expected = { ids: ids.filter(isUuid) } } = edits;
    return retryOutrun(this.#writer, async (count) => {
      if (count > 1) await this.#plane.refresh();
      const configs =
        edits.configs.size > 0
          ? await bySnapshot(this.#plane, () => this.#prepare(edits))
          : new Map<string, NewConfig>();
      const decide = async (current: Current): Promise<RowChange[]> => {
        const rows = await this.#writer.find(current, ids, versions);
        refuseOutrun(rows, configs);
        const changes: RowChange[] = [];
        for (const row of rows) changes.push(...(await edit(row, configs.get(row.id)?.prepared, current)));
        return changes;
      };
      return this.#writer.writeItems(by, decide, expected);
    });
  }

  async #prepare({ configs }: ConfigEdits): Promise<ReadonlyMap<string, NewConfig>> {
    const prepared = new Map<string, NewConfig>();
    for (const [id, make] of configs) {
      const { type, item } = requireItem(this.#plane.snapshot, id);
      this.#writer.checkMayChange(type.row);
      // Also where it would stay as it is: or a guess at a secret would be answered.
      if (item.managed !== null) throw new ManagedByFileError([item]);
      const plugin = configurable(this.#plane.registry, type.row, item);
      const owner = { plugin, ...this.#preparation, itemId: id, before: item };
      prepared.set(id, { prepared: await prepareConfig(owner, make(item, plugin)), from: item.config });
    }
    return prepared;
  }
}

function refuseOutrun(rows: readonly ItemRow[], configs: ReadonlyMap<string, NewConfig>): void {
  for (const row of rows) {
    const config = configs.get(row.id);
    if (config !== undefined && !isSameConfig(config.from, row.config)) throw new Outrun(row);
  }
}
