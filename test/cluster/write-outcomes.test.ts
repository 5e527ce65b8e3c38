import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { codeOf } from "../../src/thrown.ts";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import { wholeHistory } from "../whole-history.ts";
import { define } from "./harness/definitions.ts";
import { declare } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";
import { commit, TcpProxy } from "./proxy/tcp-proxy.ts";

const by = { actor: "alice" };
const unknown = "WRITE_OUTCOME_UNKNOWN";
/** How long a write may take that has to find out for itself what became of it. */
const bound = 20_000;

const { types, plugins } = define(declare(1, 6));
const definitions = [...types.values(), ...plugins];

const kinds = [
  { name: "PostgreSQL", serverUrl: inject("postgresUrl"), fresh: freshPostgres, databaseAt: postgres },
  { name: "MariaDB", serverUrl: inject("mysqlUrl"), fresh: freshMysql, databaseAt: mysql },
] as const;

describe.each(kinds)("on $name", ({ serverUrl, fresh, databaseAt }) => {
  let empty: FreshDatabase;
  let proxy: TcpProxy;
  /** Looks at the database itself. */
  let observer: Plugbay;
  const opened: Plugbay[] = [];

  async function open(database: Database): Promise<Plugbay> {
    const plugbay = await openPlugbay({ database, plugins: definitions, migrate: true, heartbeatMs: false });
    opened.push(plugbay);
    return plugbay;
  }

  beforeEach(async ({ skip }) => {
    skip(serverUrl === null, "no such server");
    empty = await fresh(serverUrl ?? "");
    proxy = await TcpProxy.before(empty.url);
    observer = await open(databaseAt(empty.url));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((plugbay) => plugbay.close()));
    await proxy?.close();
    await empty?.drop();
  });

  const idsOf = (plugbay: Plugbay) =>
    [...types.values()].flatMap((type) => plugbay.items(type).map(({ id }) => id));

  /** How often the history has each description. */
  async function written(): Promise<Map<unknown, number>> {
    const counts = new Map<unknown, number>();
    for (const { after } of await wholeHistory(observer)) {
      counts.set(after?.description, (counts.get(after?.description) ?? 0) + 1);
    }
    return counts;
  }

  test("what a writer is told is so, whatever of its connections gets lost: 72 changes, of which 36 lose something", async () => {
    const writers = [await open(databaseAt(proxy.url)), await open(databaseAt(proxy.url))];
    const ids = idsOf(observer);
    const told = new Map<string, "written" | unknown>();
    let lost = 0;
    for (let round = 0; round < 18; round += 1) {
      const losses = round % 3 === 2 ? [] : [round % 2 === 0 ? ("answer" as const) : ("statement" as const)];
      const armed = losses.map((what) => proxy.lose(what, commit, { times: 3 }));
      const changes = [0, 1, 2, 3].map(async (index) => {
        const description = `change ${round}.${index}`;
        const writer = writers[index % 2] as Plugbay;
        const id = ids[(round + index) % ids.length] ?? "";
        await writer.control.updateItem(id, { description }, by).then(
          () => told.set(description, "written"),
          (error: unknown) => told.set(description, error),
        );
      });
      await Promise.all(changes);
      lost += armed.reduce((sum, { count }) => sum + count, 0);
      proxy.heal();
    }
    expect(lost).toBeGreaterThanOrEqual(30);
    const counts = await written();
    const lies = [...told].filter(
      ([description, result]) => (counts.get(description) ?? 0) !== (result === "written" ? 1 : 0),
    );
    expect(lies.map(([description, result]) => `${description}: ${result}`)).toEqual([]);
  }, 120_000);

  test("a writer that lost the answer and the database says that it does not know, and the change is there or not", async () => {
    const writer = await open(databaseAt(proxy.url));
    const [id = ""] = idsOf(writer);
    for (const what of ["answer", "statement"] as const) {
      const loss = proxy.lose(what, commit);
      const description = `lost ${what}`;
      const start = performance.now();
      const update = writer.control.updateItem(id, { description }, by).catch((error: unknown) => error);
      await waitFor("the loss", bound, () => loss.count > 0);
      proxy.cut();
      expect(codeOf(await update)).toBe(unknown);
      expect(performance.now() - start).toBeLessThan(bound);
      proxy.heal();
      await waitFor("a live writer", bound, () => writer.state.kind === "live");
      expect((await written()).get(description) ?? 0).toBe(what === "answer" ? 1 : 0);
    }
  }, 120_000);

  test("a bulk raise that is repeated with its key until it is told as done is applied once", async () => {
    const writer = await open(databaseAt(proxy.url));
    const ids = idsOf(writer);
    const before = writer.items(onlyType()).map(({ id, priority }) => [id, priority] as const);
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      const isCut = round % 3 === 1;
      const loss = proxy.lose(round % 3 === 2 ? "statement" : "answer", commit, { times: 2 });
      let attempts = 0;
      for (;;) {
        attempts += 1;
        const raise = writer.control.bulk(ids, "raise", { ...by, key: `raise ${round}` }).then(
          () => undefined,
          (error: unknown) => error ?? "unknown",
        );
        if (isCut && attempts === 1) {
          await waitFor("the loss", bound, () => loss.count > 0);
          proxy.cut();
        }
        const failure = await raise;
        if (isCut && attempts === 1) proxy.heal();
        if (failure === undefined) break;
        if (attempts > 20) throw failure;
      }
      proxy.heal();
    }
    await observer.refresh();
    const priorities = new Map(observer.items(onlyType()).map(({ id, priority }) => [id, priority]));
    for (const [id, priority] of before) expect(priorities.get(id)).toBe(priority - rounds);
  }, 120_000);
});

function onlyType() {
  const [type] = types.values();
  if (type === undefined) throw new Error("the type is missing");
  return type;
}
