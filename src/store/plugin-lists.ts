import { createHash } from "node:crypto";
import type { Db } from "./dialect.ts";
import type { KnownPlugin } from "./process-row.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { readPlugins } from "./stored-process.ts";
import type { TableNames } from "./table-names.ts";

interface PluginList {
  /** Bytes of its JSON. */
  readonly size: number;
  readonly digest: string;
  readonly plugins: readonly KnownPlugin[];
}

/**
 * The plugin lists of processes, each read once: there may be 100,000 plugins in one. A process never forgets
 * a plugin, so a list of the same size is the same list. Processes of the same code share one.
 */
export class PluginLists {
  #lists: ReadonlyMap<string, PluginList> = new Map();

  /** The lists by process id, for processes whose lists have these sizes; a later list where one has grown since. */
  async read(
    db: Db,
    tables: TableNames,
    sizes: ReadonlyMap<string, number>,
    faults: RowFaults,
  ): Promise<ReadonlyMap<string, readonly KnownPlugin[]>> {
    const lists = new Map([...this.#lists].filter(([id, { size }]) => sizes.get(id) === size));
    const reader = new RowReader(tables.process, faults, "plugins");
    faults.keepOnly(tables.process, sizes.keys(), "plugins");
    for (const id of sizes.keys()) {
      if (lists.has(id)) continue;
      const row = await db
        .selectFrom(tables.process)
        .select("plugins")
        .where("id", "=", id)
        .executeTakeFirst();
      if (row) {
        const read = () => reader.row(id, () => readPlugins(row.plugins, reader));
        lists.set(id, parse(row.plugins, read, lists));
      }
    }
    this.#lists = lists;
    return new Map([...lists].map(([id, { plugins }]) => [id, plugins]));
  }
}

function parse(
  text: unknown,
  read: () => readonly KnownPlugin[],
  known: ReadonlyMap<string, PluginList>,
): PluginList {
  const content = String(text);
  const digest = createHash("sha256").update(content).digest("hex");
  const same = [...known.values()].find((list) => list.digest === digest);
  return same ?? { size: Buffer.byteLength(content), digest, plugins: read() };
}
