import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
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

describe.each([
  { database: "SQLite", isThere: true },
  { database: "PostgreSQL", isThere: postgresUrl !== "" },
])("examples/payments on $database", ({ database, isThere }) => {
  let server: RunningServer;
  let fresh: FreshDatabase | undefined;

  beforeAll(async () => {
    if (!isThere) return;
    if (database === "PostgreSQL") fresh = await freshPostgres(postgresUrl);
    const env = { CHARGE_TIMEOUT_MS: "500", ...(fresh && { DATABASE_URL: fresh.url }) };
    server = await RunningServer.start(app, env);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await fresh?.drop();
  });

  const booked = async (gateway: string) => {
    const response = await server.ask(`/gateways/${gateway}`);
    const { charges, refunds } = (await response.json()) as {
      charges: { id: string; order: string }[];
      refunds: string[];
    };
    return { orders: charges.map(({ order }) => order), refunds, ids: charges.map(({ id }) => id) };
  };

  test.skipIf(!isThere)("charges once, fails over, and refunds by the gateway that charged", async () => {
    // Paid twice, charged once.
    const paid = await server.post("/orders/1/pay", { cents: 995 });
    expect(paid).toMatchObject({ order_id: "1", status: "charged" });
    expect(await server.post("/orders/1/pay", { cents: 995 })).toEqual(paid);
    expect(await booked("north")).toMatchObject({ orders: ["1"] });

    // The first gateway fails before it takes anything.
    await server.post("/gateways/north/failing");
    expect(await server.post("/orders/2/pay", { cents: 100 })).toMatchObject({ status: "charged" });
    expect(await booked("south")).toMatchObject({ orders: ["2"] });

    // It books, and does not answer: nobody else charges, and it is asked later.
    await server.post("/gateways/north/hanging");
    expect(await server.post("/orders/3/pay", { cents: 200 })).toMatchObject({ status: "unknown" });
    await server.post("/gateways/north/working");
    const { ids } = await booked("north");
    expect(await server.post("/orders/3/settle")).toMatchObject({ status: "charged", charge_id: ids[1] });
    expect(await booked("south")).toMatchObject({ orders: ["2"] });

    // The panel is behind the session. An operator disables the gateway that charged.
    expect((await server.ask("/admin/api/items")).status).toBe(401);
    const form = new URLSearchParams({ name: "alice", password: "demo" });
    const signedIn = await server.ask("/sign-in", { method: "POST", body: form, redirect: "manual" });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const listed = await server.ask("/admin/api/items", { headers: { cookie } });
    const { items } = (await listed.json()) as Items;
    const north = items.find(({ name }) => name === "north");
    const changed = await server.ask(`/admin/api/items/${north?.id}`, {
      method: "PATCH",
      headers: { cookie, origin: server.url, "content-type": "application/json" },
      body: JSON.stringify({ version: north?.version, status: "disable" }),
    });
    expect(changed.status).toBe(200);

    // New orders go elsewhere, and the refund to the one that has the money.
    expect(await server.post("/orders/4/pay", { cents: 300 })).toMatchObject({ status: "charged" });
    expect(await booked("south")).toMatchObject({ orders: ["2", "4"] });
    expect(await server.post("/orders/1/refund")).toMatchObject({ status: "refunded" });
    await server.post("/orders/1/refund");
    expect(await booked("north")).toMatchObject({ refunds: [ids[0]] });
    expect(await booked("south")).toMatchObject({ refunds: [] });
  });

  test.skipIf(!isThere)("ends on Ctrl-C, and finds its orders when it starts again", async () => {
    await server.interrupt();
    const env = fresh && { DATABASE_URL: fresh.url };
    await using again = await RunningServer.start(app, env);
    expect(await again.post("/orders/1/refund")).toMatchObject({ status: "refunded" });
  });
});
