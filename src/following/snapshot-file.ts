import { randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sealedConfig, showConfig } from "../secrets/shown-config.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { messageOf } from "../thrown.ts";
import { warn } from "../warn.ts";

/** Raised when the content's shape changes: files of another format are not read. */
const format = 1;

const draftSuffix = ".tmp";

/** Nobody takes so long to write a draft. */
const abandonedMs = 60_000;

interface Content {
  readonly format: typeof format;
  /** The schema, too, where it is not the usual one. */
  readonly namespace: string;
  readonly revision: number;
  readonly revisionId: string;
  readonly origin: string;
  readonly types: readonly TypeRow[];
  readonly items: readonly ItemRow[];
}

/**
 * The last good snapshot in a file, to start from when the database is away. Written beside its place and
 * renamed into it, so that several processes may share it and none ever reads half of one.
 */
export class SnapshotFile {
  readonly #path: string;
  readonly #namespace: string;

  constructor(path: string, namespace: string) {
    this.#path = path;
    this.#namespace = namespace;
  }

  async write(snapshot: Snapshot): Promise<void> {
    const types = [...snapshot.types.values()];
    const content: Content = {
      format,
      namespace: this.#namespace,
      revision: snapshot.revision,
      revisionId: snapshot.revisionId,
      origin: snapshot.origin,
      types: types.map(({ row }) => row),
      items: types.flatMap(({ row, items }) =>
        items.map(({ type: _, ...item }) => ({
          ...item,
          config: sealedConfig(item.config),
          typeId: row.id,
        })),
      ),
    };
    const draft = `${this.#path}.${randomUUID()}${draftSuffix}`;
    try {
      await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
      await rename(draft, this.#path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      warn(`the snapshot could not be written to "${this.#path}": ${messageOf(error)}`, error);
    }
  }

  /** Removes what processes that were killed while they wrote have left. */
  async removeDrafts(): Promise<void> {
    const folder = dirname(this.#path);
    const prefix = `${basename(this.#path)}.`;
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (!name.startsWith(prefix) || !name.endsWith(draftSuffix)) continue;
      const draft = join(folder, name);
      const age = await stat(draft).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > abandonedMs) await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  /** The rows in the file; undefined, with a warning, when there are none to rely on. */
  async read(): Promise<Rows | undefined> {
    try {
      const content = JSON.parse(await readFile(this.#path, "utf8")) as Partial<Content>;
      const { revision, revisionId = "", origin = "", types, items } = content;
      if (content.format !== format) throw new Error("it is of another version of plugbay");
      if (content.namespace !== this.#namespace) throw new Error("it is of another namespace or schema");
      if (typeof revision !== "number" || !isRows(types) || !isRows(items))
        throw new Error("it is incomplete");
      return { revision, revisionId, origin, types, items: items.map(complete), purged: [] };
    } catch (error) {
      warn(`the snapshot in "${this.#path}" is ignored: ${messageOf(error)}`, error);
      return undefined;
    }
  }
}

/** Files of 0.1.0 do not have what came later; secrets are encrypted in the file, and stay behind. */
const complete = (item: ItemRow): ItemRow => ({
  ...item,
  config: showConfig(item.config),
  configVersion: item.configVersion ?? 1,
  managed: item.managed ?? null,
});

const isRows = (value: unknown): value is readonly (TypeRow & ItemRow)[] =>
  Array.isArray(value) &&
  value.every((row) => typeof row === "object" && row !== null && typeof row.id === "string");
