import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { SnapshotFile } from "../../src/following/snapshot-file.ts";
import { SnapshotKeeper } from "../../src/following/snapshot-keeper.ts";
import { SnapshotText } from "../../src/following/snapshot-text.ts";
import { emptySnapshot, type Snapshot, succeed } from "../../src/selection/snapshot.ts";
import type { ItemRow } from "../../src/store/rows.ts";
import { waitFor } from "../cluster/harness/wait-for.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { numberedIds, plan } from "../sync/plan.ts";
import { rowsAfter } from "../sync/rows-after.ts";

const namespace = "default";

let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-keeper-"));
  path = join(folder, "snapshot.json");
  return () => rm(folder, { recursive: true });
});

const rows = rowsAfter(plan([otp, senderPlugin("sms")]));
const at = (revision: number): Snapshot => succeed(emptySnapshot, { ...rows, revision }).snapshot;

/** A snapshot of one type with many items. */
function large(count: number): Snapshot {
  const [item] = rows.items;
  if (item === undefined) throw new Error("there is no item");
  const newId = numberedIds();
  const config = { url: "https://gateway.example.com/v1/messages", sender: "Example" };
  const items = Array.from(
    { length: count },
    (_, index): ItemRow => ({ ...item, id: newId(), label: `label ${index}`, config }),
  );
  return succeed(emptySnapshot, { ...rows, items }).snapshot;
}

const revisionInFile = async (): Promise<number> => JSON.parse(await readFile(path, "utf8")).revision;

describe("the keeper of the snapshot file", () => {
  test("writes at once, and what comes within a second after it together at its end", async () => {
    const clock = new ManualClock();
    const keeper = new SnapshotKeeper(clock, [new SnapshotFile(path, namespace)]);
    keeper.keep(at(1));
    await waitFor("the first snapshot", 5_000, async () => (await revisionInFile()) === 1);
    for (let revision = 2; revision < 50; revision += 1) {
      keeper.keep(at(revision));
      await clock.advance(20);
    }
    expect(await revisionInFile()).toBe(1);
    await clock.advance(40);
    await waitFor("the last snapshot", 5_000, async () => (await revisionInFile()) === 49);
    await keeper.stop();
  });

  test("has written the last one when it is stopped, and writes nothing afterwards", async () => {
    const clock = new ManualClock();
    const keeper = new SnapshotKeeper(clock, [new SnapshotFile(path, namespace)]);
    for (const revision of [1, 2, 3]) keeper.keep(at(revision));
    await keeper.stop();
    expect(await revisionInFile()).toBe(3);
    keeper.keep(at(4));
    await clock.advance(5_000);
    expect(await revisionInFile()).toBe(3);
    expect(clock.pending).toBe(0);
  });
});

describe("the snapshot file of many items", () => {
  test("is made in slices between which everything else goes on", async () => {
    // Each look at the time takes a millisecond.
    let now = 0;
    const clock = { monotonic: () => now++ };
    let isOver = false;
    let turns = 0;
    const watching = (async () => {
      for (; !isOver; turns += 1) await turn();
    })();
    const pieces: Buffer[] = [];
    for await (const piece of new SnapshotText(clock).itemsOf(large(10_000))) pieces.push(piece);
    isOver = true;
    await watching;
    expect(JSON.parse(`[${Buffer.concat(pieces)}]`)).toHaveLength(10_000);
    // A slice takes 3 ms, and there are 25 rows between two looks at the time.
    expect(turns).toBeGreaterThan(10_000 / (3 * 25));
  });

  test("has each change, and all that did not change", async () => {
    const file = new SnapshotFile(path, namespace);
    const first = large(2_000);
    await file.write(first);
    const read = await file.read();
    expect(read?.items).toHaveLength(2_000);
    const [row] = read?.items ?? [];
    if (row === undefined) throw new Error("there is no item");
    const second = succeed(first, {
      ...rows,
      revision: 2,
      types: [],
      items: [{ ...row, priority: 7 }],
    }).snapshot;
    await file.write(second);
    const items = new Map((await file.read())?.items.map((item) => [item.id, item]));
    expect(items.size).toBe(2_000);
    expect(items.get(row.id)?.priority).toBe(7);
  });

  test("has types without items, and a namespace without types", async () => {
    const file = new SnapshotFile(path, namespace);
    await file.write(emptySnapshot);
    expect(await file.read()).toMatchObject({ types: [], items: [] });
    await file.write(succeed(emptySnapshot, { ...rows, items: [] }).snapshot);
    expect(await file.read()).toMatchObject({ types: [{ id: rows.types[0]?.id }], items: [] });
  });
});
