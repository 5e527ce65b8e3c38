import { randomUUID } from "node:crypto";
import {
  type ChangeOptions,
  DatabaseUnavailableError,
  openPlugbay,
  type Plugbay,
  WriteOutcomeUnknownError,
} from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import { alice, bob, carol, greeting } from "../store/definitions.ts";
import { idOf } from "../store/test-database.ts";
import { commit, TcpProxy } from "./proxy/tcp-proxy.ts";

const by: ChangeOptions = { actor: "operator" };
const quiet = { plugins: [greeting, alice, bob, carol], pollIntervalMs: false, heartbeatMs: false } as const;

const kinds = [
  { name: "PostgreSQL", serverUrl: inject("postgresUrl"), fresh: freshPostgres, open: postgres },
  { name: "MariaDB or MySQL", serverUrl: inject("mysqlUrl"), fresh: freshMysql, open: mysql },
];

describe.each(kinds)("where $name commits and its answer is lost", ({ serverUrl, fresh, open }) => {
  let database: FreshDatabase;
  let network: TcpProxy;
  let plugbay: Plugbay;
  let near: Plugbay;
  beforeEach(async ({ skip }) => {
    skip(serverUrl === null, "no such server");
    database = await fresh(serverUrl ?? "");
    network = await TcpProxy.before(database.url);
    plugbay = await openPlugbay({ ...quiet, database: open(network.url), migrate: true });
    near = await openPlugbay({ ...quiet, database: open(database.url) });
  });
  afterEach(async () => {
    await plugbay?.close();
    await near?.close();
    await network?.close();
    await database?.drop();
  });

  const ids = () => [alice, bob, carol].map(({ name }) => idOf(plugbay, name));

  /** As the database has them. */
  async function priorities(): Promise<number[]> {
    await near.refresh();
    return [alice, bob, carol].map(({ name }) => {
      const item = near.items(greeting).find((candidate) => candidate.name === name);
      return item?.priority ?? Number.NaN;
    });
  }

  test("each change is told as made, and was made once", async () => {
    const loss = network.lose("answer", commit);
    for (let count = 1; count <= 5; count += 1) {
      const { revision } = snapshotOf(plugbay);
      expect(await plugbay.control.bulk(ids(), "raise", by)).toEqual({ changed: 3, revision: revision + 1 });
      expect(snapshotOf(plugbay).revision).toBe(revision + 1);
    }
    expect(loss.count).toBe(5);
    expect(await priorities()).toEqual([-4, -3, -2]);
  });

  test("and whose connection only falls silent, the change is told as made within seconds", async () => {
    network.lose("answer", commit, { ending: "half-open", times: 1 });
    const item = await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 9 }, by);
    expect(item).toMatchObject({ priority: 9, version: 2 });
    expect((await priorities())[0]).toBe(9);
  });

  test.each(["broken", "half-open"] as const)(
    "a commit that never arrives over a connection that is then %s is told as the loss of the database, and nothing was made",
    async (ending) => {
      network.lose("statement", commit, { ending, times: 1 });
      const refusal = await plugbay.control.bulk(ids(), "raise", by).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DatabaseUnavailableError);
      expect(String(refusal)).not.toMatch(/queryable|closed state/);
      expect(await priorities()).toEqual([1, 2, 3]);
      await plugbay.control.bulk(ids(), "raise", by);
      expect(await priorities()).toEqual([0, 1, 2]);
    },
  );

  test("and the database stays away, nobody knows: a repetition under the same key makes it once", async () => {
    const key = randomUUID();
    network.lose("answer", commit, { times: 1 });
    network.swallowNew();
    const unknown = await plugbay.control
      .bulk(ids(), "raise", { ...by, key })
      .catch((error: unknown) => error);
    expect(unknown).toBeInstanceOf(WriteOutcomeUnknownError);
    expect(unknown).toMatchObject({ code: "WRITE_OUTCOME_UNKNOWN", kind: "unavailable", key });
    expect(await priorities()).toEqual([0, 1, 2]);
    network.heal();
    network.drop();
    const { revision } = snapshotOf(near);
    expect(await plugbay.control.bulk(ids(), "raise", { ...by, key })).toEqual({ changed: 3, revision });
    expect(await priorities()).toEqual([0, 1, 2]);
    expect(snapshotOf(plugbay).revision).toBe(revision);
  });
});
