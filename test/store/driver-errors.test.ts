import { runInNewContext } from "node:vm";
import { sql } from "kysely";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, test } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { mysqlMeaning } from "../../src/store/mysql/mysql-errors.ts";
import { postgresMeaning } from "../../src/store/postgres/postgres-errors.ts";
import { sqliteMeaning } from "../../src/store/sqlite/sqlite-errors.ts";
import { freePort } from "../servers/free-port.ts";
import { onEveryDatabase } from "./test-database.ts";

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "nothing was thrown",
    (error: unknown) => error,
  );

onEveryDatabase((home) => {
  const { meaningOf } = { sqlite, postgres, mysql }[home.kind.dialect](
    `${home.kind.dialect}://localhost/app`,
  ).dialect;

  const meaningOfStatement = async (db: AnyKysely, text: string) =>
    meaningOf(await thrownBy(sql.raw(text).execute(db)));

  test("what a driver throws has the same meaning on every database", async () => {
    const db = await home.kysely();
    await sql`create table parent (id integer primary key)`.execute(db);
    await sql`create table child (parent integer, foreign key (parent) references parent (id))`.execute(db);
    await sql`insert into parent values (1)`.execute(db);
    expect(await meaningOfStatement(db, "select * from nothing_of_the_kind")).toEqual({
      kind: "missing-table",
    });
    expect(await meaningOfStatement(db, "insert into parent values (1)")).toEqual({ kind: "unique" });
    expect(await meaningOfStatement(db, "insert into child values (7)")).toEqual({ kind: "foreign-key" });
    expect(await meaningOfStatement(db, "selekt")).toBeUndefined();
    expect(await meaningOfStatement(db, "release savepoint nothing_of_the_kind")).toEqual({
      kind: "transaction-ended",
    });
  });

  test("a lock that others hold is known", async () => {
    const [db, other] = [await home.kysely(), await home.kysely()];
    await sql`create table locked (id integer primary key)`.execute(db);
    await sql`insert into locked values (1)`.execute(db);
    const impatience = {
      sqlite: "pragma busy_timeout = 10",
      postgres: "set lock_timeout = 10",
      mysql: "set innodb_lock_wait_timeout = 1",
    }[home.kind.dialect];
    await db.transaction().execute(async (transaction) => {
      await sql`update locked set id = 2`.execute(transaction);
      const error = await other.connection().execute(async (connection) => {
        await sql.raw(impatience).execute(connection);
        return thrownBy(sql`update locked set id = 3`.execute(connection));
      });
      expect(meaningOf(error)).toEqual({ kind: "lock-wait" });
    });
  });

  if (home.kind.dialect === "sqlite") {
    test("a file that cannot be opened is no database", async () => {
      const error = await thrownBy(sqlite("/no/such/folder/app.db").connect());
      expect(meaningOf(error)).toEqual({ kind: "no-database" });
    });
    return;
  }

  test("a server that does not listen is unreachable; one that refuses a user or has no such database is not", async () => {
    const meaningAt = async (change: (url: URL) => void) => {
      const url = new URL(home.here.address);
      change(url);
      const connection = await { postgres, mysql, sqlite }[home.kind.dialect](url.href).connect();
      try {
        return meaningOf(await thrownBy(sql`select 1`.execute(connection.db)));
      } finally {
        await connection.close();
      }
    };
    const port = await freePort();
    expect(
      await meaningAt((url) => {
        url.port = String(port);
      }),
    ).toEqual({ kind: "unreachable" });
    expect(
      await meaningAt((url) => {
        url.username = "nobody_known";
      }),
    ).toEqual({ kind: "login" });
    expect(
      await meaningAt((url) => {
        url.pathname = "/no_such_database";
      }),
    ).toEqual({ kind: home.kind.dialect === "mysql" ? "missing-schema" : "missing-database" });
  });
});

describe("the shapes of other drivers' errors", () => {
  const shaped = (message: string, properties: object): unknown =>
    Object.assign(runInNewContext("new Error(message)", { message }), properties);

  test.each([
    ["better-sqlite3", shaped("database is locked", { code: "SQLITE_BUSY" }), "lock-wait"],
    ["better-sqlite3", shaped("database is locked", { code: "SQLITE_BUSY_SNAPSHOT" }), "conflict"],
    ["better-sqlite3", shaped("x", { code: "SQLITE_CONSTRAINT_FOREIGNKEY" }), "foreign-key"],
    ["libsql", shaped("SQLITE_FULL: x", { code: "SQLITE_FULL", rawCode: 13 }), "refused"],
    ["libsql", shaped("x", { code: "SQLITE_CONSTRAINT", extendedCode: "x", rawCode: 2067 }), "unique"],
    ["sqlite3", shaped("SQLITE_READONLY: x", { code: "SQLITE_READONLY", errno: 8 }), "refused"],
    ["Node", shaped("x", { code: "ERR_SQLITE_ERROR", errcode: 14 }), "no-database"],
    ["a disk of the system", shaped("x", { code: "ENOSPC", errno: -28 }), undefined],
  ])("%s: %s", (_driver, error, kind) => {
    expect(sqliteMeaning(error)?.kind).toBe(kind);
  });

  test.each([
    ["postgres.js", shaped("x", { code: "CONNECTION_CLOSED" }), "unreachable"],
    ["postgres.js", shaped("x", { code: "42501", severity_local: "FEHLER" }), "forbidden"],
    ["pg", shaped("Connection terminated unexpectedly", {}), "unreachable"],
    ["pg", shaped("x has encountered a connection error and is not queryable", {}), "unreachable"],
    ["pg", shaped("x", { code: "40003" }), "outcome-unknown"],
    ["pg of PostgreSQL 18", shaped("x", { code: "23001" }), "foreign-key"],
    ["pg over a socket's file", shaped("x", { code: "ENOENT", syscall: "connect" }), "unreachable"],
    ["PgBouncer", shaped("pgbouncer cannot connect to server", { code: "08P01" }), "unreachable"],
    ["PgBouncer", shaped("no such database: x", { code: "08P01" }), undefined],
  ])("%s: %s", (_driver, error, kind) => {
    expect(postgresMeaning(error)?.kind).toBe(kind);
  });

  test.each([
    ["mysql2", shaped("x", { code: "ER_TABLEACCESS_DENIED_ERROR", errno: 1142 }), "forbidden"],
    ["mysql2", shaped("x", { code: "UNKNOWN_CODE_PLEASE_REPORT", errno: 1927 }), "unreachable"],
    ["mysql2", shaped("x", { code: "PROTOCOL_CONNECTION_LOST", fatal: true }), "unreachable"],
    ["mysql2", shaped("Can't add new command when connection is in closed state", {}), "unreachable"],
    ["mysql2", shaped("x", { code: "ER_LOCK_DEADLOCK" }), "conflict"],
    ["mysql2", shaped("x", { code: "ER_PARSE_ERROR", errno: 1064, sql: "begin" }), "setting"],
    ["mysql2", shaped("x", { code: "ER_PARSE_ERROR", errno: 1064, sql: "selekt" }), undefined],
  ])("%s: %s", (_driver, error, kind) => {
    expect(mysqlMeaning(error)?.kind).toBe(kind);
  });

  test("wrappers, causes and aggregates are seen through", () => {
    const wrapped = new Error("a query failed", { cause: shaped("x", { code: "23505" }) });
    expect(postgresMeaning(wrapped)).toEqual({ kind: "unique" });
    expect(postgresMeaning(new AggregateError([new Error("one"), wrapped]))).toEqual({ kind: "unique" });
    const addresses = [shaped("x", { code: "ECONNREFUSED" }), shaped("y", { code: "ECONNREFUSED" })];
    expect(mysqlMeaning(new AggregateError(addresses))).toEqual({ kind: "unreachable" });
  });
});
