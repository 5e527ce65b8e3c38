import { randomUUID } from "node:crypto";
import { openPlugbay, type Plugbay } from "plugbay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { wholeHistory } from "../whole-history.ts";
import { ChosenByHistory, stepsBack } from "./agreement-checker.ts";
import { type ClusterKind, clusterKinds } from "./harness/cluster-kinds.ts";
import { Member } from "./harness/member.ts";
import { declare, type Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

const types = declare(3, 7);
const names = types.map(({ name }) => name);
const changes = 500;
const bound = 20_000;

let readers: Member[];
let writers: Member[];

beforeAll(async () => {
  const members = await Member.startSome(10);
  readers = members.slice(2);
  writers = members.slice(0, 2);
}, 60_000);

afterAll(() => Promise.all([...readers, ...writers].map((member) => member.stop())));

describe.each(clusterKinds)("on $title", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    `8 readers and 2 writers agree with the database within ${bound / 1_000} s of 500 changes, never step back, ` +
      "and never serve what was not chosen at their revision",
    () => inCluster(kind, agree),
    120_000,
  );

  test.skipIf(kind.absence !== undefined)(
    "a burst of 100 changes costs each reader 5 reloads, and one for every 20 ms that it lasts",
    () => inCluster(kind, burst),
    60_000,
  );
});

async function agree(database: Plugbay): Promise<void> {
  const first = snapshotOf(database).revision;
  // What happened on the database before.
  for (const reader of readers) reader.events.splice(0);
  for (const reader of readers) await reader.ask("watch");
  await Promise.all(writers.map((writer) => writer.ask("write", changes / 2, 4)));
  await database.refresh();
  const { revision } = snapshotOf(database);
  expect(revision - first).toBe(changes);

  const history = new ChosenByHistory(await wholeHistory(database));
  for (const member of [...readers, ...writers]) {
    await member.until("the last revision", bound, (state) => state.revision === revision);
    for (const type of names) {
      const { itemId } = await member.ask("get", type);
      expect(itemId).toBe(history.at(revision, type));
    }
  }
  for (const reader of readers) {
    const { answers } = await reader.ask("watched");
    expect(stepsBack(answers)).toEqual([]);
    expect(history.ofDisabledItems(answers)).toEqual([]);
    expect(history.contradicting(answers)).toEqual([]);
    expect(reloads(reader).length).toBeLessThanOrEqual(changes);
  }
}

async function burst(database: Plugbay): Promise<void> {
  for (const reader of readers) reader.events.splice(0);
  const start = performance.now();
  await Promise.all(writers.map((writer) => writer.ask("write", 50, 50)));
  await database.refresh();
  const { revision } = snapshotOf(database);
  for (const reader of readers) {
    await reader.until("the last revision", bound, (state) => state.revision === revision);
  }
  const limit = 5 + (performance.now() - start) / 20;
  for (const reader of readers) expect(reloads(reader).length).toBeLessThanOrEqual(limit);
}

const reloads = (member: Member) => member.events.filter(({ name }) => name === "change");

/** Opens all processes on an empty database, and one here that looks at it, which no watching updates. */
async function inCluster(kind: ClusterKind, work: (database: Plugbay) => Promise<void>): Promise<void> {
  const empty = await kind.database.create();
  const namespace = randomUUID();
  const setup: Setup = {
    database: { kind: kind.database.dialect, url: empty.address },
    types,
    ...(kind.push && { push: kind.push }),
    options: { namespace, migrate: true },
  };
  const members = [...readers, ...writers];
  try {
    await Promise.all(members.map((member) => member.ask("open", setup)));
    const options = {
      namespace,
      database: empty.database,
      plugins: [],
      sync: false,
      pollIntervalMs: false,
    } as const;
    await using database = await openPlugbay(options);
    await waitFor(`transport ${kind.transport} everywhere`, bound, async () => {
      const states = await Promise.all(members.map((member) => member.ask("state")));
      return states.every(({ transport }) => transport === kind.transport);
    });
    await work(database);
  } finally {
    await Promise.all(members.map((member) => member.ask("close")));
    await empty.drop();
  }
}
