import mysql2 from "mysql2";
import type { OpenOptions } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onDatabase, type TestDatabase } from "./test-database.ts";

/** Longer than the answer to a commit is waited for. */
const busyMs = 6_000;

interface Connection {
  query(asked: unknown, ...rest: never[]): unknown;
}

function block(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs);
}

/** What a process asks that is busy with itself as soon as it has sent a commit. */
class BusyProcess {
  readonly asked: string[] = [];
  isBusy = false;

  watch(connection: Connection): void {
    const { query } = connection;
    connection.query = (asked, ...rest) => {
      const answer = query.call(connection, asked, ...rest);
      const text = typeof asked === "string" ? asked : ((asked as { sql?: string }).sql ?? "");
      this.asked.push(text);
      if (this.isBusy && /^commit/i.test(text)) setImmediate(block);
      return answer;
    };
  }
}

function commitsOnce(home: TestDatabase, lend: (busy: BusyProcess) => OpenOptions["database"]): void {
  test("the answer to a commit is read before it counts as lost, where the process itself was busy", async () => {
    const busy = new BusyProcess();
    const plugbay = await home.open([greeting, alice, bob], { database: lend(busy) });
    busy.isBusy = true;
    busy.asked.length = 0;
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 7 }, { actor: "operator" });
    busy.isBusy = false;
    expect(busy.asked.filter((text) => /^commit/i.test(text))).toHaveLength(1);
    // A change that counts as lost is looked for, in a transaction.
    expect(busy.asked.filter((text) => /^(begin|start transaction)/i.test(text))).toHaveLength(1);
  });
}

onDatabase("postgres", (home) => {
  commitsOnce(home, (busy) => {
    const pool = postgresPool({ connectionString: home.here.address });
    pool.on("connect", (client) => busy.watch(client as unknown as Connection));
    home.afterwards(() => pool.end());
    return postgres(pool);
  });
});

onDatabase("mysql", (home) => {
  commitsOnce(home, (busy) => {
    const pool = mysql2.createPool(home.here.address);
    pool.on("connection", (connection) => busy.watch(connection as unknown as Connection));
    home.afterwards(() => pool.promise().end());
    return mysql(pool);
  });
});
