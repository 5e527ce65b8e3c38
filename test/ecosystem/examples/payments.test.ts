import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Charge } from "../../../examples/payments/charges.ts";
import { FakeGateway } from "../../../examples/payments/fake-gateway.ts";
import { type FreshDatabase, freshPostgres } from "../../servers/databases.ts";
import type { Application } from "../harness/application.ts";
import { installExample, RunningServer } from "../harness/example.ts";

const postgresUrl = inject("postgresUrl") ?? "";
let app: Application;

beforeAll(async () => {
  app = await installExample("payments");
});
afterAll(() => app?.[Symbol.asyncDispose]());

/** What the test reads of the panel's list. */
interface Items {
  readonly items: readonly { readonly id: string; readonly name: string; readonly version: number }[];
}

/** Signs in as the panel's reader does, and disables an item there. */
async function disable(server: RunningServer, name: string): Promise<void> {
  expect((await server.ask("/admin/api/items")).status).toBe(401);
  const form = new URLSearchParams({ name: "alice", password: "demo" });
  const signedIn = await server.ask("/sign-in", { method: "POST", body: form, redirect: "manual" });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { items } = (await (await server.ask("/admin/api/items", { headers: { cookie } })).json()) as Items;
  const item = items.find((one) => one.name === name);
  const changed = await server.ask(`/admin/api/items/${item?.id}`, {
    method: "PATCH",
    headers: { cookie, origin: server.url, "content-type": "application/json" },
    body: JSON.stringify({ version: item?.version, status: "disable" }),
  });
  expect(changed.status).toBe(200);
}

const ordersOf = ({ charges }: FakeGateway): string[] => charges.map(({ order }) => order);

test("examples/payments brings gateways of its own, which do as they are told", async () => {
  await using server = await RunningServer.start(app);
  const { item_id } = (await server.post("/orders/demo/pay", { cents: 995 })) as Charge;
  await server.post("/gateways/north/failing");
  const second = (await server.post("/orders/demo-2/pay", { cents: 995 })) as Charge;
  expect(second.status).toBe("charged");
  expect(second.item_id).not.toBe(item_id);
});

describe.each([
  { database: "SQLite", isThere: true },
  { database: "PostgreSQL", isThere: postgresUrl !== "" },
])("examples/payments on $database", ({ database, isThere }) => {
  const north = new FakeGateway();
  const south = new FakeGateway();
  const env: NodeJS.ProcessEnv = { CHARGE_TIMEOUT_MS: "500" };
  let fresh: FreshDatabase | undefined;

  beforeAll(async () => {
    if (!isThere) return;
    env.NORTH_URL = await north.start();
    env.SOUTH_URL = await south.start();
    if (database === "SQLite") return;
    fresh = await freshPostgres(postgresUrl);
    env.DATABASE_URL = fresh.url;
  });
  afterAll(async () => {
    north.stop();
    south.stop();
    await fresh?.drop();
  });

  test.skipIf(!isThere)("charges once, fails over, and refunds by the gateway that charged", async () => {
    await using server = await RunningServer.start(app, env);
    const paid = await server.post("/orders/1/pay", { cents: 995 });
    expect(paid).toMatchObject({ order_id: "1", status: "charged" });
    expect(await server.post("/orders/1/pay", { cents: 995 })).toEqual(paid);
    expect(ordersOf(north)).toEqual(["1"]);

    // It fails before it takes anything.
    north.mode = "failing";
    expect(await server.post("/orders/2/pay", { cents: 100 })).toMatchObject({ status: "charged" });
    expect(ordersOf(south)).toEqual(["2"]);

    // It takes the money, and does not answer.
    north.mode = "hanging";
    expect(await server.post("/orders/3/pay", { cents: 200 })).toMatchObject({ status: "unknown" });
    north.mode = "working";
    const settled = { status: "charged", charge_id: north.charges[1]?.id };
    await expect.poll(() => server.read("/orders/3")).toMatchObject(settled);

    await disable(server, "north");
    expect(await server.post("/orders/4/pay", { cents: 300 })).toMatchObject({ status: "charged" });
    expect(await server.post("/orders/1/refund")).toMatchObject({ status: "refunded" });
    await server.post("/orders/1/refund");
    expect(north.refunds).toEqual([north.charges[0]?.id]);
    expect(south.refunds).toEqual([]);
    expect(ordersOf(north)).toEqual(["1", "3"]);
    expect(ordersOf(south)).toEqual(["2", "4"]);
    await server.interrupt();
  });

  test.skipIf(!isThere)("takes up a charge in the middle of which it was killed", async () => {
    {
      await using server = await RunningServer.start(app, env);
      south.mode = "hanging";
      const unanswered = server.post("/orders/5/pay", { cents: 400 }).catch(() => "no answer");
      await expect.poll(() => ordersOf(south), { interval: 10 }).toContain("5");
      await server[Symbol.asyncDispose]();
      expect(await unanswered).toBe("no answer");
    }
    south.mode = "working";
    await using again = await RunningServer.start(app, env);
    await expect.poll(() => again.read("/orders/5")).toMatchObject({ status: "charged" });
    expect(ordersOf(south)).toEqual(["2", "4", "5"]);
    expect(ordersOf(north)).toEqual(["1", "3"]);
    expect(await again.post("/orders/5/refund")).toMatchObject({ status: "refunded" });
  });
});
