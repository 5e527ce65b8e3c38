import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { type DatabaseKind, databaseKinds, type EmptyDatabase } from "../store/database-kinds.ts";
import { defineOne } from "./define-one.ts";
import { tablesOf, toolsOf } from "./harness/swap-databases.ts";
import { waitFor } from "./harness/wait-for.ts";

const pollIntervalMs = 200;
const bound = 20_000;

const { type: otp, plugins } = defineOne({
  name: "otp",
  plugins: [{ name: "sms" }, { name: "mail", priority: 1 }],
});
const definitions = [otp, ...plugins];

/** What can happen to a database that the operator did not decide. */
const mishaps: Record<
  string,
  (kind: DatabaseKind, place: EmptyDatabase, spare: EmptyDatabase) => Promise<void>
> = {
  "lost its rows": (_kind, place) => onEachTable(place, (table) => `delete from ${table}`),
  "lost its tables": (_kind, place) => onEachTable(place, (table) => `drop table ${table}`),
  "was deleted": (kind, place) => toolsOf(kind).remove(place),
  "was replaced by another": async (kind, place, spare) => {
    const plugbay = await open(spare.database);
    await plugbay.close();
    await toolsOf(kind).swap(place, spare);
  },
};

let folder: string;
let opened: Plugbay[];
let places: EmptyDatabase[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plugbay-missing-"));
  opened = [];
  places = [];
});
afterEach(async () => {
  await Promise.all(opened.map((plugbay) => plugbay.close()));
  await Promise.all(places.map((place) => place.drop().catch(() => undefined)));
  await rm(folder, { recursive: true });
});

async function open(database: Database, options: { readonly file?: string } = {}): Promise<Plugbay> {
  const plugbay = await openPlugbay({
    database,
    plugins: definitions,
    migrate: true,
    pollIntervalMs,
    heartbeatMs: pollIntervalMs,
    readyTimeoutMs: 1_000,
    ...(options.file !== undefined && { bootstrap: { file: options.file } }),
  });
  opened.push(plugbay);
  return plugbay;
}

async function create(kind: DatabaseKind): Promise<EmptyDatabase> {
  const place = await kind.create();
  places.push(place);
  return place;
}

const nameServed = (plugbay: Plugbay): string | undefined => {
  const id = plugbay.get(otp)?.itemId();
  return plugbay.items(otp).find((item) => item.id === id)?.name;
};

describe.each(databaseKinds)("on $name", (kind) => {
  test.skipIf(kind.absence !== undefined).each(Object.entries(mishaps))(
    "a database that %s brings nothing back that was disabled, under a process and at its next start, until it is itself again",
    async (_what, mishap) => {
      const warnings = collectWarnings();
      const [place, backup, spare] = [await create(kind), await create(kind), await create(kind)];
      const file = join(folder, "snapshot.json");
      const operator = await open(place.database);
      const sms = operator.items(otp).find(({ name }) => name === "sms");
      await operator.control.updateItem(sms?.id ?? "", { status: "disable" }, { actor: "alice" });
      await operator.close();
      await toolsOf(kind).copy(place, backup);

      const keeper = await open(place.database, { file });
      const plain = await open(place.database);
      const decided = await waitFor("the file", bound, () => readFile(file, "utf8"));
      const served = new Set<string | undefined>();
      for (const plugbay of [keeper, plain]) plugbay.on("change", () => served.add(nameServed(plugbay)));

      await mishap(kind, place, spare);
      for (const plugbay of [keeper, plain]) {
        await waitFor("a stale process", bound, () => plugbay.state.kind === "stale");
      }
      await sleep(3 * pollIntervalMs);
      for (const plugbay of [keeper, plain]) {
        await plugbay.refresh().catch(() => undefined);
        expect(nameServed(plugbay)).toBe("mail");
        expect(plugbay.state).toMatchObject({ kind: "stale", cause: expect.any(Error) });
      }
      await keeper.close();
      expect(await readFile(file, "utf8")).toBe(decided);

      const next = await open(place.database, { file });
      expect(nameServed(next)).toBe("mail");
      expect(next.state).toMatchObject({ kind: "bootstrapped", from: "file", cause: expect.any(Error) });
      await sleep(3 * pollIntervalMs);
      expect(nameServed(next)).toBe("mail");
      expect(await readFile(file, "utf8")).toBe(decided);

      if (mishap === mishaps["was deleted"]) await toolsOf(kind).recreate(place);
      // Whoever looks meanwhile may make tables.
      await waitFor("the backup", bound, () =>
        toolsOf(kind)
          .swap(place, backup)
          .then(() => true),
      );
      for (const plugbay of [plain, next]) {
        await waitFor("a live process", bound, () => plugbay.state.kind === "live");
        expect(nameServed(plugbay)).toBe("mail");
        served.add(nameServed(plugbay));
      }
      expect([...served]).toEqual(["mail"]);
      // Each of the three processes said once what it found.
      expect(warnings).toHaveLength(3);
      for (const warning of warnings) expect(warning).toMatch(/not the one that plugbay serves from/);
    },
    120_000,
  );
});

async function onEachTable(place: EmptyDatabase, statement: (table: string) => string): Promise<void> {
  const db = await place.kysely({}, 1);
  try {
    const tables = (await tablesOf(db)).filter((table) => table.startsWith("plugbay_"));
    // Which of them refer to which is left to be found out.
    for (let left = tables; left.length > 0; ) {
      const kept: string[] = [];
      for (const table of left) {
        await sql
          .raw(statement(table))
          .execute(db)
          .catch(() => kept.push(table));
      }
      if (kept.length === left.length) throw new Error(`nothing can be done with ${kept.join(", ")}`);
      left = kept;
    }
  } finally {
    await db.destroy();
  }
}
