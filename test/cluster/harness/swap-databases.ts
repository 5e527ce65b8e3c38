import { copyFile, rename, rm } from "node:fs/promises";
import { sql } from "kysely";
import { createConnection } from "mysql2/promise";
import pg from "pg";
import type { AnyKysely } from "../../../src/store/any-kysely.ts";
import type { DatabaseKind, EmptyDatabase } from "../../store/database-kinds.ts";

/** What is done with whole databases behind the backs of those who use them. */
export interface DatabaseTools {
  /** Makes an empty database a copy of another one, which nobody may be using. */
  copy(from: EmptyDatabase, to: EmptyDatabase): Promise<void>;
  /** Puts each in the place of the other. Who is connected loses the connection on PostgreSQL alone. */
  swap(one: EmptyDatabase, other: EmptyDatabase): Promise<void>;
  /** Removes it. */
  remove(database: EmptyDatabase): Promise<void>;
  /** Makes an empty one where one was removed. */
  recreate(database: EmptyDatabase): Promise<void>;
}

export function toolsOf({ dialect }: DatabaseKind): DatabaseTools {
  return { sqlite, postgres, mysql }[dialect];
}

const sqlite: DatabaseTools = {
  copy: (from, to) => copyFile(from.address, to.address),
  async swap(one, other) {
    const aside = `${one.address}.aside`;
    for (const { address } of [one, other]) await removeLogs(address);
    await rename(one.address, aside).catch(ignoreMissing);
    await rename(other.address, one.address).catch(ignoreMissing);
    await rename(aside, other.address).catch(ignoreMissing);
  },
  async remove({ address }) {
    await removeLogs(address);
    await rm(address);
  },
  // A file is made by whoever opens it.
  recreate: async () => undefined,
};

async function removeLogs(address: string): Promise<void> {
  for (const suffix of ["-wal", "-shm"]) await rm(address + suffix, { force: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

const postgres: DatabaseTools = {
  async copy(from, to) {
    await postgres.remove(to);
    await onPostgres(to, `create database ${nameOf(to)} template ${nameOf(from)}`);
  },
  async swap(one, other) {
    const [a, b] = [nameOf(one), nameOf(other)];
    const disconnect = (name: string) => [
      // Nobody may come back in between.
      `alter database ${name} allow_connections false`,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    ];
    await onPostgres(
      one,
      ...[...disconnect(a), ...disconnect(b)],
      ...[`alter database ${a} rename to ${a}_aside`, `alter database ${b} rename to ${a}`],
      ...[`alter database ${a}_aside rename to ${b}`],
      ...[a, b].map((name) => `alter database ${name} allow_connections true`),
    );
  },
  remove: (database) => onPostgres(database, `drop database ${nameOf(database)} with (force)`),
  recreate: (database) => onPostgres(database, `create database ${nameOf(database)}`),
};

async function onPostgres({ address }: EmptyDatabase, ...statements: string[]): Promise<void> {
  const url = new URL(address);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const mysql: DatabaseTools = {
  async copy(from, to) {
    await onMysql(from, async (run, tables) => {
      for (const table of tables) {
        const [target, source] = [`${nameOf(to)}.${table}`, `${nameOf(from)}.${table}`];
        await run(`create table ${target} like ${source}`);
        await run(`insert into ${target} select * from ${source}`);
      }
    });
  },
  async swap(one, other) {
    // By way of a third place: names of foreign keys, which move along, must be free where they arrive.
    const [a, b, aside] = [nameOf(one), nameOf(other), `${nameOf(one)}_aside`];
    await onMysql(one, (run, here) =>
      onMysql(other, async (_run, there) => {
        const moves = [
          ...here.map((table) => `${a}.${table} to ${aside}.${table}`),
          ...there.map((table) => `${b}.${table} to ${a}.${table}`),
          ...here.map((table) => `${aside}.${table} to ${b}.${table}`),
        ];
        if (moves.length === 0) return;
        await run(`create database ${aside}`);
        await run(`rename table ${moves.join(", ")}`).finally(() => run(`drop database ${aside}`));
      }),
    );
  },
  remove: (database) => onMysql(database, (run) => run(`drop database ${nameOf(database)}`)),
  async recreate(database) {
    const server = new URL(database.address);
    server.pathname = "";
    const connection = await createConnection(server.href);
    await connection.query(`create database ${nameOf(database)} character set utf8mb4`);
    await connection.end();
  },
};

async function onMysql(
  database: EmptyDatabase,
  work: (run: (statement: string) => Promise<void>, tables: readonly string[]) => Promise<void>,
): Promise<void> {
  const db = await database.kysely({}, 1);
  try {
    const run = async (statement: string) => void (await sql.raw(statement).execute(db));
    await work(run, await tablesOf(db));
  } finally {
    await db.destroy();
  }
}

/** The names of the tables. */
export async function tablesOf(db: AnyKysely): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name);
}

const nameOf = ({ address }: EmptyDatabase): string => new URL(address).pathname.slice(1);
