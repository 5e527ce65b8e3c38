import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { describe, expect, inject, type TestContext, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { defineOne } from "./define-one.ts";
import { waitFor } from "./harness/wait-for.ts";
import { TcpProxy } from "./proxy/tcp-proxy.ts";

const roundTripMs = 500;
/** What a busy machine takes for its own part. */
const workMs = 900;
const by = { actor: "alice" };

const { type: otp, plugins } = defineOne({
  name: "otp",
  plugins: [{ name: "sms" }, { name: "mail", priority: 1 }],
});

const kinds = [
  { name: "PostgreSQL", serverUrl: inject("postgresUrl"), fresh: freshPostgres, databaseAt: postgres },
  { name: "MariaDB", serverUrl: inject("mysqlUrl"), fresh: freshMysql, databaseAt: mysql },
];

describe.concurrent(`a process that is ${roundTripMs} ms away from its database`, () => {
  for (const { name, serverUrl, fresh, databaseAt } of kinds) {
    test.skipIf(serverUrl === null)(
      `writes within 4 round trips, looks within 1, follows within 4 s, and never counts as cut off: ${name}`,
      async ({ onTestFinished }) => {
        const database = await fresh(serverUrl ?? "");
        onTestFinished(() => database.drop());
        await using proxy = await TcpProxy.before(database.url);
        const near = await open(databaseAt(database.url), onTestFinished);
        const far = await open(databaseAt(proxy.url), onTestFinished);
        let isStale = false;
        far.on("stale", () => {
          isStale = true;
        });
        const id = far.get(otp)?.itemId() ?? "";
        proxy.delay(roundTripMs / 2);
        // To make a connection takes round trips of its own.
        await Promise.all([far.control.updateItem(id, { priority: -1 }, by), far.refresh()]);

        for (const priority of [-2, -3, -4]) {
          const write = await duration(() => far.control.updateItem(id, { priority }, by));
          // A look that is under way when the change is made is waited for.
          expect(write).toBeLessThan(5 * roundTripMs + workMs);
        }
        const look = await duration(() => far.refresh());
        // One that polling has begun is waited for.
        expect(look).toBeLessThan(2 * roundTripMs + workMs);

        await near.refresh();
        await near.control.updateItem(id, { status: "disable" }, by);
        await waitFor("the change of another process", 4_000, () => far.get(otp)?.itemId() !== id);
        const listing = await duration(() => far.control.list());
        expect(listing).toBeLessThan(2 * roundTripMs + workMs);
        await new Promise((resolve) => setTimeout(resolve, 8_000));
        expect(isStale).toBe(false);
        expect(far.state).toMatchObject({ kind: "live", revision: snapshotOf(near).revision });
        const closing = await duration(() => far.close());
        expect(closing).toBeLessThan(5_000);
      },
      60_000,
    );
  }
});

async function open(database: Database, onTestFinished: TestContext["onTestFinished"]): Promise<Plugbay> {
  const plugbay = await openPlugbay({ database, plugins: [otp, ...plugins], migrate: true });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

async function duration(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
