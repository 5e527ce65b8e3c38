import { sql } from "kysely";
import { type Clock, MigrationBlockedError, openPlugbay } from "plugbay";
import { expect, test } from "vitest";
import { mysqlDialect } from "../../src/store/mysql/mysql-dialect.ts";
import { postgresDialect } from "../../src/store/postgres/postgres-dialect.ts";
import { sqliteDialect } from "../../src/store/sqlite/sqlite-dialect.ts";
import { systemClock } from "../../src/time/clock.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import type { EmptyDatabase } from "./database-kinds.ts";
import { alice, greeting } from "./definitions.ts";
import { onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice];
const dialects = { sqlite: sqliteDialect, postgres: postgresDialect, mysql: mysqlDialect };

/** Another process that migrates, until it is told to end. */
async function migrating(home: TestDatabase, elsewhere: EmptyDatabase): Promise<() => Promise<void>> {
  const db = await home.kysely({}, elsewhere, 1);
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const [lock, unlock] = {
    sqlite: ["begin immediate", "commit"],
    postgres: [
      "select pg_advisory_lock(hashtext('plugbay migrate plugbay_'))",
      "select pg_advisory_unlock_all()",
    ],
    mysql: [
      "select get_lock(sha2(concat(database(), ' plugbay migrate plugbay_'), 256), 5)",
      "select release_all_locks()",
    ],
  }[home.kind.dialect] as [string, string];
  const done = db.connection().execute(async (connection) => {
    await sql.raw(lock).execute(connection);
    begin();
    await over;
    await sql.raw(unlock).execute(connection);
  });
  await begun;
  return async () => {
    end();
    await done;
  };
}

/** Time that passes a hundred times as fast. */
const hurried: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * 100,
  schedule: (ms, callback, keepAlive) => systemClock.schedule(ms / 100, callback, keepAlive),
};

onEveryDatabase((home) => {
  test("a process waits while another one migrates, says so, and then opens", async () => {
    const warnings = collectWarnings();
    const elsewhere = await home.elsewhere();
    const end = await migrating(home, elsewhere);
    const startedAt = performance.now();
    const opening = openPlugbay({
      ...{ database: elsewhere.database, plugins, migrate: true },
      ...{ bootstrap: "code" as const, readyTimeoutMs: 300 },
    });
    await expect.poll(() => warnings, { timeout: 20_000, interval: 100 }).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /waiting for another (process that migrates|transaction, which keeps).*for up to 5 minutes/,
    );
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await end();
    await using plugbay = await opening;
    expect(performance.now() - startedAt).toBeGreaterThan(6_000);
    expect(plugbay.state.kind).toBe("live");
    expect(warnings).toHaveLength(1);
  });

  test("who migrates another database of the same server is not waited for", async () => {
    const other = await home.kysely({}, await home.elsewhere(), 1);
    const elsewhere = await home.elsewhere();
    // The limit is reached at once by this clock, if there is anything to wait for.
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() * 1_000_000 };
    const open = async () => {
      await using plugbay = await openPlugbay({
        ...{ database: elsewhere.database, plugins, migrate: true, clock, push: false },
        ...{ pollIntervalMs: false as const, heartbeatMs: false as const },
      });
      return plugbay.state.kind;
    };
    const { tryToMigrate } = dialects[home.kind.dialect];
    expect(await tryToMigrate(other, "plugbay migrate plugbay_", open)).toEqual({ value: "live" });
  });

  test("after 5 minutes it ends with an error of its own, and no code stands in", async () => {
    collectWarnings();
    const elsewhere = await home.elsewhere();
    const end = await migrating(home, elsewhere);
    const opening = openPlugbay({
      ...{ database: elsewhere.database, plugins, migrate: true, clock: hurried },
      ...{ bootstrap: "code" as const, readyTimeoutMs: 300 },
    });
    await expect(opening).rejects.toBeInstanceOf(MigrationBlockedError);
    await expect(opening).rejects.toMatchObject({ code: "MIGRATION_BLOCKED", timeoutMs: 300_000 });
    await end();
  });
});
