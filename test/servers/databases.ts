import { randomUUID } from "node:crypto";
import { createConnection } from "mysql2/promise";
import pg from "pg";

/** An empty database of a test's own. */
export interface FreshDatabase {
  readonly url: string;

  /** Removes it; on PostgreSQL whoever is still connected is disconnected. */
  drop(): Promise<void>;
}

/** Creates an empty database on the PostgreSQL server at `serverUrl`. */
export function freshPostgres(serverUrl: string): Promise<FreshDatabase> {
  return freshDatabase(serverUrl, {
    execute: executeOnPostgres,
    create: (name) => `create database ${name}`,
    drop: (name) => `drop database if exists ${name} with (force)`,
  });
}

/** Creates an empty database on the MariaDB or MySQL server at `serverUrl`. */
export function freshMysql(serverUrl: string): Promise<FreshDatabase> {
  return freshDatabase(serverUrl, {
    execute: executeOnMysql,
    create: (name) => `create database ${name} character set utf8mb4`,
    drop: (name) => `drop database if exists ${name}`,
  });
}

interface Dialect {
  execute(url: string, statement: string): Promise<void>;
  create(name: string): string;
  drop(name: string): string;
}

async function freshDatabase(serverUrl: string, dialect: Dialect): Promise<FreshDatabase> {
  const name = `plugbay_${randomUUID().replaceAll("-", "")}`;
  await dialect.execute(serverUrl, dialect.create(name));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => dialect.execute(serverUrl, dialect.drop(name)) };
}

async function executeOnPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function executeOnMysql(url: string, statement: string): Promise<void> {
  const connection = await createConnection({ uri: url });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
