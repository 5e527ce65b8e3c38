import { randomUUID } from "node:crypto";
import type { KyselyConfig } from "kysely";
import { type Definitions, type OpenOptions, openPlugbay, type Plugbay, type Registry } from "plugbay";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { openStore } from "../../src/open/open-plugbay.ts";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import type { ItemRow, Rows, TypeRow } from "../../src/store/rows.ts";
import type { SqlStore } from "../../src/store/sql-store.ts";
import { type DatabaseKind, databaseKinds, type EmptyDatabase } from "./database-kinds.ts";

/**
 * A database of one test file, in which every test has a namespace of its own. What a test opens here is
 * closed after it.
 */
export class TestDatabase {
  readonly kind: DatabaseKind;
  #empty: EmptyDatabase | undefined;
  #namespace = "";
  #endings: (() => Promise<unknown>)[] = [];

  constructor(kind: DatabaseKind) {
    this.kind = kind;
  }

  get namespace(): string {
    return this.#namespace;
  }

  /** Where the file's tables are. */
  get here(): EmptyDatabase {
    if (this.#empty === undefined) throw new Error("there is a database only while the tests run");
    return this.#empty;
  }

  async create(): Promise<void> {
    this.#empty = await this.kind.create();
    const store = openStore({ database: this.here.database, plugins: [] });
    await store.connect();
    await store.migrate();
    await store.close();
  }

  async drop(): Promise<void> {
    await this.#empty?.drop();
  }

  beginTest(): void {
    this.#namespace = randomUUID();
  }

  async endTest(): Promise<void> {
    for (const end of this.#endings.splice(0).reverse()) await end();
  }

  /** Calls `end` after the test. */
  afterwards(end: () => Promise<unknown>): void {
    this.#endings.push(end);
  }

  /** Another empty database, without tables. */
  async elsewhere(): Promise<EmptyDatabase> {
    const empty = await this.kind.create();
    this.afterwards(() => empty.drop());
    return empty;
  }

  /**
   * Opens plugbay as a process of its own would. Unless told otherwise, it hears of others only by `refresh`, and
   * does not say that it is alive: what it has is pruned by others.
   */
  async open(plugins: Definitions | Registry, options: Partial<OpenOptions> = {}): Promise<Plugbay> {
    const plugbay = await openPlugbay({
      database: this.here.database,
      namespace: this.#namespace,
      pollIntervalMs: false,
      heartbeatMs: false,
      plugins,
      ...options,
    });
    this.afterwards(() => plugbay.close());
    return plugbay;
  }

  /** A Kysely instance of the application. */
  async kysely(
    config?: Omit<KyselyConfig, "dialect">,
    database = this.here,
    connections = 10,
  ): Promise<AnyKysely> {
    const db = await database.kysely(config, connections);
    this.afterwards(() => db.destroy());
    return db;
  }

  async store(options: Partial<OpenOptions> = {}): Promise<SqlStore> {
    const { database } = this.here;
    const store = openStore({ database, namespace: this.#namespace, plugins: [], ...options });
    this.afterwards(() => store.close());
    await store.connect();
    return store;
  }

  /** What the tables hold for this test, by a connection of its own. */
  async rows(options: Partial<OpenOptions> = {}): Promise<Rows> {
    const { database } = this.here;
    const store = openStore({ database, namespace: this.#namespace, plugins: [], ...options });
    try {
      await store.connect();
      return await store.readAll();
    } finally {
      await store.close();
    }
  }

  /** The stored item of this name; there must be exactly one. */
  async item(name: string): Promise<ItemRow> {
    return only(await this.rows().then(({ items }) => items.filter((row) => row.name === name)), name);
  }

  async type(name: string): Promise<TypeRow> {
    return only(await this.rows().then(({ types }) => types.filter((row) => row.name === name)), name);
  }
}

function only<Row>(rows: readonly Row[], name: string): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows are called "${name}"`);
  return row;
}

/** Defines the tests once for every supported database; those of an absent server are skipped, and say so. */
export function onEveryDatabase(define: (home: TestDatabase) => void): void {
  for (const kind of databaseKinds) onKind(kind, define);
}

/** The same on one kind of database. */
export function onDatabase(dialect: DatabaseKind["dialect"], define: (home: TestDatabase) => void): void {
  for (const kind of databaseKinds) if (kind.dialect === dialect) onKind(kind, define);
}

function onKind(kind: DatabaseKind, define: (home: TestDatabase) => void): void {
  const title = kind.absence === undefined ? kind.name : `${kind.name} (skipped: ${kind.absence})`;
  describe.skipIf(kind.absence !== undefined)(title, () => {
    const home = new TestDatabase(kind);
    beforeAll(() => home.create());
    beforeEach(() => home.beginTest());
    afterEach(() => home.endTest());
    afterAll(() => home.drop());
    define(home);
  });
}

/** The id of the item of this name, as a process sees it. */
export function idOf(plugbay: Plugbay, name: string): string {
  for (const { items } of snapshotOf(plugbay).types.values()) {
    const item = items.find((candidate) => candidate.name === name);
    if (item) return item.id;
  }
  throw new Error(`no item is called "${name}"`);
}
