import { setImmediate as turn } from "node:timers/promises";
import type { PluginItem } from "../definition/plugin-item.ts";
import { sealedConfig } from "../secrets/shown-config.ts";
import type { Snapshot, TypeSnapshot } from "../selection/snapshot.ts";
import type { ItemRow } from "../store/rows.ts";
import { type Clock, systemClock } from "../time/clock.ts";

/** How long the event loop may be held at a time. */
const sliceMs = 3;

/** Rows between two looks at the time. */
const batchSize = 25;

/** How much is handed on at a time, at least. */
const pieceBytes = 128 * 1_024;

const comma = Buffer.from(",");

/**
 * The rows of snapshots as JSON, separated by commas. The text is made in slices, between which the event loop goes
 * on, and that of items is kept by type: types without a change are shared between snapshots, and so is their text.
 */
export class SnapshotText {
  readonly #items = new WeakMap<TypeSnapshot, readonly Buffer[]>();
  readonly #clock: Pick<Clock, "monotonic">;

  constructor(clock: Pick<Clock, "monotonic"> = systemClock) {
    this.#clock = clock;
  }

  async *typesOf(snapshot: Snapshot): AsyncGenerator<Buffer> {
    const rows = Array.from(snapshot.types.values(), ({ row }) => row);
    yield* joined([await write(rows, (row) => row, new Slice(this.#clock))]);
  }

  async *itemsOf(snapshot: Snapshot): AsyncGenerator<Buffer> {
    const slice = new Slice(this.#clock);
    const texts: (readonly Buffer[])[] = [];
    for (const type of snapshot.types.values()) {
      const text = this.#items.get(type) ?? (await write(type.items, (item) => toRow(item, type), slice));
      this.#items.set(type, text);
      texts.push(text);
    }
    yield* joined(texts);
  }
}

/** What is done without a pause. */
class Slice {
  readonly #clock: Pick<Clock, "monotonic">;
  #start: number;

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
    this.#start = clock.monotonic();
  }

  get isOver(): boolean {
    return this.#clock.monotonic() - this.#start >= sliceMs;
  }

  async next(): Promise<void> {
    await turn();
    this.#start = this.#clock.monotonic();
  }
}

async function write<Row>(
  rows: readonly Row[],
  toText: (row: Row) => object,
  slice: Slice,
): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  let texts: string[] = [];
  for (let index = 0; index < rows.length; index += batchSize) {
    const batch = rows.slice(index, index + batchSize);
    texts.push(JSON.stringify(batch.map(toText)).slice(1, -1));
    if (!slice.isOver) continue;
    pieces.push(Buffer.from(texts.join()));
    texts = [];
    await slice.next();
  }
  if (texts.length > 0) pieces.push(Buffer.from(texts.join()));
  return pieces;
}

/** With a comma between any two, and small ones together: each costs a call of the system. */
function* joined(texts: Iterable<readonly Buffer[]>): Generator<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  let isFirst = true;
  for (const text of texts) {
    for (const piece of text) {
      if (!isFirst) gathered.push(comma);
      isFirst = false;
      gathered.push(piece);
      length += piece.length;
      if (length < pieceBytes) continue;
      yield Buffer.concat(gathered);
      gathered = [];
      length = 0;
    }
  }
  if (gathered.length > 0) yield Buffer.concat(gathered);
}

const toRow = ({ type: _, ...item }: PluginItem, { row }: TypeSnapshot): ItemRow => ({
  ...item,
  config: sealedConfig(item.config),
  hold: item.hold ?? null,
  lead: item.lead ?? null,
  typeId: row.id,
});
