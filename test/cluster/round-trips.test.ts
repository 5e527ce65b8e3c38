import { setTimeout as sleep } from "node:timers/promises";
import { type ChangeOptions, definePlugin, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { snapshotOf } from "../../src/open/facade.ts";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import { greeter, greeterType } from "../store/definitions.ts";
import { waitFor } from "./harness/wait-for.ts";
import { TcpProxy } from "./proxy/tcp-proxy.ts";

const by: ChangeOptions = { actor: "alice" };
const type = greeterType("greeting");
const greeters = Array.from({ length: 40 }, (_, index) => greeter(type, `greeter-${index}`));
const keyed = definePlugin(type, {
  name: "keyed",
  module: "apps/greeters",
  config: z.object({ key: z.string().default("") }),
  create: ({ config }) => ({ greet: () => config.key }),
});

const kinds = [
  { name: "PostgreSQL", serverUrl: inject("postgresUrl"), fresh: freshPostgres, open: postgres, trips: 4 },
  { name: "MariaDB or MySQL", serverUrl: inject("mysqlUrl"), fresh: freshMysql, open: mysql, trips: 3 },
];

describe.each(kinds)("the round trips to $name", ({ serverUrl, fresh, open, trips }) => {
  let database: FreshDatabase;
  let network: TcpProxy;
  let plugbay: Plugbay;
  let other: Plugbay;
  const quiet = { plugins: [type, greeters, keyed], pollIntervalMs: false, heartbeatMs: false } as const;
  beforeEach(async ({ skip }) => {
    skip(serverUrl === null, "no such server");
    database = await fresh(serverUrl ?? "");
    network = await TcpProxy.before(database.url);
    plugbay = await openPlugbay({ ...quiet, database: open(network.url), migrate: true });
    other = await openPlugbay({ ...quiet, database: open(database.url) });
  });
  afterEach(async () => {
    await plugbay?.close();
    await other?.close();
    await network?.close();
    await database?.drop();
  });

  async function turnsOf(work: () => Promise<unknown>): Promise<number> {
    const before = network.turns;
    await work();
    return network.turns - before;
  }

  const ids = () =>
    plugbay
      .items(type)
      .filter(({ name }) => name !== "keyed")
      .map(({ id }) => id);
  const idOfKeyed = () => plugbay.items(type).find(({ name }) => name === "keyed")?.id ?? "";

  const writes: Record<string, () => Promise<unknown>> = {
    "an update of an item": () => plugbay.control.updateItem(ids()[0] ?? "", { priority: 7 }, by),
    "an update under a key": () =>
      plugbay.control.updateItem(ids()[0] ?? "", { priority: 7 }, { ...by, key: "one" }),
    "an update of a config": () => plugbay.control.updateItem(idOfKeyed(), { config: { key: "new" } }, by),
    "an update of a label": () => plugbay.control.updateItem(idOfKeyed(), { label: "eu" }, by),
    "a bulk action over 40 items": () => plugbay.control.bulk(ids(), "raise", by),
    "a bulk action over what a query finds": () =>
      plugbay.control.bulk({ query: { search: "greeter" } }, "reserve", by),
    "an order of 40 items": () => plugbay.control.reorder(ids().toReversed(), by),
    "a new item": () =>
      plugbay.control.createItem({ type, module: "apps/greeters", name: "keyed", label: "us" }, by),
    "a retirement": () => plugbay.control.retire(ids().slice(0, 5), by),
  };

  for (const [what, write] of Object.entries(writes)) {
    test(`of ${what} are ${trips}, until this process serves by it`, async () => {
      const { revision } = snapshotOf(plugbay);
      expect(await turnsOf(write)).toBe(trips);
      expect(snapshotOf(plugbay).revision).toBe(revision + 1);
      expect(await turnsOf(() => plugbay.refresh())).toBe(1);
    });
  }

  test("are as many in a process that listens for changes, and hears of its own", async () => {
    const listening = await openPlugbay({ ...quiet, database: open(network.url), pollIntervalMs: 60_000 });
    try {
      if (open === postgres) {
        await waitFor(
          "the channel",
          10_000,
          () => "transport" in listening.state && listening.state.transport === "listen",
        );
        // Listening begins with a look, for what came before it.
        await listening.refresh();
      }
      for (const priority of [3, 4, 5]) {
        const before = network.turns;
        await listening.control.updateItem(ids()[0] ?? "", { priority }, by);
        // The news of it comes at the latest now.
        await sleep(200);
        expect(network.turns - before).toBe(trips);
      }
    } finally {
      await listening.close();
    }
  });

  test("of a change upon another process's are one more, which reads that one", async () => {
    const [first = "", second = ""] = ids();
    await other.control.updateItem(first, { status: "disable" }, by);
    expect(await turnsOf(() => plugbay.control.bulk([first, second], "raise", by))).toBe(trips + 1);
    await other.refresh();
    expect(plugbay.items(type)).toEqual(other.items(type));
  });

  test("of a look are 1, and 2 where it finds more than changed items", async () => {
    expect(await turnsOf(() => plugbay.refresh())).toBe(1);
    const [first = "", second = ""] = ids();
    await other.control.bulk([first, second], "disable", by);
    expect(await turnsOf(() => plugbay.refresh())).toBe(1);
    await other.control.retire([first], by);
    await other.control.purge({ ...by, ids: [first] });
    expect(await turnsOf(() => plugbay.refresh())).toBe(2);
    expect(plugbay.items(type).map(({ id }) => id)).toEqual(other.items(type).map(({ id }) => id));
    other.registry.register(greeterType("late"));
    await other.refresh();
    expect(await turnsOf(() => plugbay.refresh())).toBe(2);
    expect(snapshotOf(plugbay).revision).toBe(snapshotOf(other).revision);
  });
});
