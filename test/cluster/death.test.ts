import { setTimeout as sleep } from "node:timers/promises";
import { openPlugbay, type Plugbay } from "plugbay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/open/open-plugbay.ts";
import { databaseKinds, type EmptyDatabase } from "../store/database-kinds.ts";
import { define } from "./harness/definitions.ts";
import { Member } from "./harness/member.ts";
import { type DeclaredType, declare, type Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

const rounds = 3;
const few = declare(1, 2);
const many = declare(20, 100);

for (const kind of databaseKinds) {
  const title = kind.absence === undefined ? kind.name : `${kind.name} (${kind.absence})`;
  describe.skipIf(kind.absence !== undefined)(`on ${title}, a process killed`, () => {
    let database: EmptyDatabase;
    let openingFew = 0;
    let openingMany = 0;

    const setupOf = (types: readonly DeclaredType[], address = database.address, namespace = "default") => ({
      database: { kind: kind.dialect, url: address },
      types,
      options: { namespace, migrate: true, pollIntervalMs: false as const },
    });

    beforeAll(async () => {
      database = await kind.create();
      const member = await Member.start();
      openingFew = await duration(() => member.ask("open", setupOf(few)));
      await member.ask("close");
      openingMany = await duration(() => member.ask("open", setupOf(many, database.address, "measured")));
      await member.stop();
    });
    afterAll(() => database.drop());

    test(`in the middle of a sync of 2,000 items leaves all of it or nothing, and the next sync leaves all of it once; ${rounds} times`, async () => {
      const members = await Member.startSome(rounds);
      for (const [round, member] of members.entries()) {
        const namespace = `round ${round}`;
        const setup = setupOf(many, database.address, namespace);
        await killWithin(openingMany, round, member, setup);
        const left = await census(database, namespace);
        expect(left).toEqual(left.types === 0 ? nothing : everything);
        const plugbay = await openAs(database, many, namespace);
        await plugbay.close();
        expect(await census(database, namespace)).toEqual(everything);
      }
    });

    test(`in the middle of a migration leaves a database that the next one completes; ${rounds} times`, async () => {
      const whole = await columns(database);
      const members = await Member.startSome(rounds);
      for (const [round, member] of members.entries()) {
        const fresh = await kind.create();
        await killWithin(openingFew, round, member, setupOf(few, fresh.address));
        const plugbay = await openAs(fresh, few);
        const [item] = (await plugbay.control.list()).items;
        await plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, { actor: "alice" });
        await waitFor("its own heartbeat", 5_000, async () => (await plugbay.control.processes()).length > 0);
        await plugbay.close();
        expect(await columns(fresh)).toEqual(whole);
        expect(await census(fresh)).toEqual({ types: 1, items: 2, identities: 2, history: 4, revision: 2 });
        await fresh.drop();
      }
    });
  });
}

const nothing: Census = { types: 0, items: 0, identities: 0, history: 0, revision: 0 };
const everything: Census = { types: 20, items: 2_000, identities: 2_000, history: 2_020, revision: 1 };

interface Census {
  readonly types: number;
  readonly items: number;
  /** How many different ones the items have. */
  readonly identities: number;
  readonly history: number;
  readonly revision: number;
}

async function census({ database }: EmptyDatabase, namespace = "default"): Promise<Census> {
  const store = openStore({ database, namespace, plugins: [] });
  await store.connect();
  try {
    const { types, items, revision } = await store.readAll();
    const history = await store.history({ limit: 10_000 });
    const identities = new Set(
      items.map(({ typeId, module, name }) => JSON.stringify([typeId, module, name])),
    );
    return {
      types: types.length,
      items: items.length,
      identities: identities.size,
      history: history.length,
      revision,
    };
  } finally {
    await store.close();
  }
}

/** Tables and columns, as the database has them. */
async function columns(database: EmptyDatabase): Promise<unknown> {
  const db = await database.kysely();
  try {
    const tables = await db.introspection.getTables();
    return tables.map(({ name, columns }) => [
      name,
      columns.map((column) => [column.name, column.dataType, column.isNullable]),
    ]);
  } finally {
    await db.destroy();
  }
}

async function openAs(
  { database }: EmptyDatabase,
  declared: readonly DeclaredType[],
  namespace = "default",
): Promise<Plugbay> {
  const { types, plugins } = define(declared);
  return openPlugbay({
    database,
    namespace,
    migrate: true,
    pollIntervalMs: false,
    plugins: [...types.values(), ...plugins],
  });
}

/** Has a process open plugbay, and kills it at a random moment of the round's share of the time that this takes. */
async function killWithin(ms: number, round: number, member: Member, setup: Setup): Promise<void> {
  member.ask("open", setup).catch(() => undefined);
  await sleep(((round + Math.random()) / rounds) * ms);
  await member.kill("SIGKILL");
}

async function duration(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
