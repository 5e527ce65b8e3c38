import { createHash, randomUUID } from "node:crypto";
import { open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { showConfig } from "../secrets/shown-config.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { Mark } from "../store/mark.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { messageOf } from "../thrown.ts";
import { systemClock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { SnapshotText } from "./snapshot-text.ts";

/** Raised when the content's shape changes: files of another format are not read. */
const format = 3;

const draftSuffix = ".tmp";

/** What comes before the rows is shorter. */
const headBytes = 4_096;

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
  /** Of all bytes before it: a disk may lose some. */
  readonly sha256: string;
}

const sumKey = ',"sha256":"';

/**
 * The last good snapshot in a file, to start from when the database is away. Written beside its place and
 * renamed into it, so that several processes may share it and none ever reads half of one.
 */
export class SnapshotFile {
  readonly path: string;
  readonly #namespace: string;
  readonly #text = new SnapshotText();

  constructor(path: string, namespace: string) {
    this.path = path;
    this.#namespace = namespace;
  }

  async write(snapshot: Snapshot): Promise<void> {
    const draft = `${this.path}.${randomUUID()}${draftSuffix}`;
    try {
      await this.#writeDraft(draft, snapshot);
      await rename(draft, this.path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      warn(`the snapshot could not be written to "${this.path}": ${messageOf(error)}`, error);
    }
  }

  /** Removes what processes that were killed while they wrote have left. */
  async removeDrafts(): Promise<void> {
    const folder = dirname(this.path);
    const prefix = `${basename(this.path)}.`;
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (!name.startsWith(prefix) || !name.endsWith(draftSuffix)) continue;
      const draft = join(folder, name);
      const age = await stat(draft).then(
        // The machine's own clock, which sets the times of files.
        ({ mtimeMs }) => systemClock.now() - mtimeMs,
        () => 0,
      );
      if (age > abandonedMs) await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  /** Of which revision of which data the file is, by its beginning alone; undefined where that is not to be relied on. */
  async readMark(): Promise<Mark | undefined> {
    const file = await open(this.path).catch(() => undefined);
    try {
      const { buffer, bytesRead } = (await file?.read(Buffer.alloc(headBytes), 0, headBytes, 0)) ?? {};
      const text = buffer?.toString("utf8", 0, bytesRead) ?? "";
      const head = JSON.parse(`${text.slice(0, text.indexOf(',"types":['))}}`) as Content;
      if (this.#problemOf(head) !== undefined) return undefined;
      const { revision, revisionId, origin } = head;
      return { revision, revisionId, origin };
    } catch {
      return undefined;
    } finally {
      await file?.close();
    }
  }

  /** The rows in the file; undefined, with a warning, when there are none to rely on. */
  async read(): Promise<Rows | undefined> {
    try {
      const bytes = await readFile(this.path);
      const content = JSON.parse(bytes.toString("utf8")) as Content;
      const problem = this.#problemOf(content) ?? damageOf(bytes, content.sha256);
      if (problem !== undefined) throw new Error(problem);
      const { revision, revisionId, origin, types, items } = content;
      return { revision, revisionId, origin, types, items: items.map(shown), purged: [] };
    } catch (error) {
      warn(`the snapshot in "${this.path}" is ignored: ${messageOf(error)}`, error);
      return undefined;
    }
  }

  #problemOf({
    format: found,
    namespace,
    revision,
    revisionId,
    origin,
  }: Partial<Content>): string | undefined {
    if (found !== format) return "it is of another version of plugbay";
    if (namespace !== this.#namespace) return "it is of another namespace or schema";
    const isWhole =
      typeof revision === "number" && typeof revisionId === "string" && typeof origin === "string";
    return isWhole ? undefined : "it is incomplete";
  }

  async #writeDraft(path: string, snapshot: Snapshot): Promise<void> {
    const file = await open(path, "w", 0o600);
    try {
      await writeFile(file, withSum(this.#content(snapshot)));
      // Else a machine that loses its power could be left with a file that is in place and empty.
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** A `Content` as JSON, in this order. */
  async *#content(snapshot: Snapshot): AsyncGenerator<string | Buffer> {
    const { revision, revisionId, origin } = snapshot;
    const head = { format, namespace: this.#namespace, revision, revisionId, origin };
    yield `${JSON.stringify(head).slice(0, -1)},"types":[`;
    yield* this.#text.typesOf(snapshot);
    yield '],"items":[';
    yield* this.#text.itemsOf(snapshot);
    yield "]";
  }
}

async function* withSum(content: AsyncIterable<string | Buffer>): AsyncGenerator<string | Buffer> {
  const hash = createHash("sha256");
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
  yield `${sumKey}${hash.digest("hex")}"}`;
}

/** Half of a name, say, would be another name, and what an operator disabled under the whole one would serve. */
function damageOf(bytes: Buffer, sha256: unknown): string | undefined {
  const summed = bytes.subarray(0, bytes.lastIndexOf(sumKey));
  return createHash("sha256").update(summed).digest("hex") === sha256 ? undefined : "it is damaged";
}

/** Secrets are encrypted in the file, and stay behind. */
const shown = (item: ItemRow): ItemRow => ({
  ...item,
  config: showConfig(item.config),
  // A file of older code says nothing of it.
  lead: (item as Partial<ItemRow>).lead ?? null,
});
