import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { eq } from "drizzle-orm";
import { CompiledQuery, sql } from "kysely";
import { PurgeBlockedError } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { describeTables, typesOf } from "../../src/store/described-tables.ts";
import { dialects } from "../../src/store/dialects.ts";
import { tableNames } from "../../src/store/table-names.ts";
import { type ProgramOutcome, runProgram } from "../ecosystem/harness/run-program.ts";
import type { EmptyDatabase } from "../store/database-kinds.ts";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "../store/test-database.ts";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

const root = join(import.meta.dirname, "../..");

/** Where plugbay's tables are in the tests. */
const places: Readonly<Record<DialectName, readonly Place[]>> = {
  sqlite: [{ prefix: "acme_" }],
  postgres: [{}, { prefix: "acme_", schema: "ops" }],
  mysql: [{ prefix: "acme_" }],
};

type DialectName = "sqlite" | "postgres" | "mysql";

interface Place {
  readonly prefix?: string;
  readonly schema?: string;
}

const kitDialects = { sqlite: "sqlite", postgres: "postgresql", mysql: "mysql" };

/** The application's table in Drizzle's words for each database. */
const schemaFile = (dialect: DialectName): string => {
  const [module, table] = {
    sqlite: ["sqlite-core", "sqliteTable"],
    postgres: ["pg-core", "pgTable"],
    mysql: ["mysql-core", "mysqlTable"],
  }[dialect] as [string, string];
  const number = dialect === "mysql" ? "int" : "integer";
  return `import { ${number}, primaryKey, ${table} } from "drizzle-orm/${module}";
import { plugbayId, plugbayItem } from "./plugbay-tables";

export const favourite = ${table}(
  "favourite",
  {
    userId: ${number}("user_id").notNull(),
    itemId: plugbayId("item_id").notNull().references(() => plugbayItem.id, { onDelete: "restrict" }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.itemId] })],
);
`;
};

onEveryDatabase((home) => {
  const { dialect } = home.kind;

  test.each(places[dialect])(
    "drizzle-kit makes the application's table and leaves plugbay's alone (%j)",
    async (place) => {
      const app = await Application.make(home, place);
      const before = await app.tables();
      expect(before.length).toBeGreaterThan(12);

      if (dialect === "postgres") {
        const pushed = await app.kit("push");
        expect(pushed, pushed.stdout).toMatchObject({ code: 0 });
        if (place.schema === undefined)
          expect((await app.kit("push")).stdout).toContain("No changes detected");
      } else {
        const generated = await app.kit("generate", "--name", "favourites");
        expect(generated, generated.stdout).toMatchObject({ code: 0 });
        const statements = (await app.migration()).split("--> statement-breakpoint");
        expect(statements.filter((one) => !/^\s*(CREATE|ALTER) TABLE .favourite./.test(one))).toEqual([]);
        if (dialect === "mysql") {
          // Its push cannot read a database in which a table that it is to leave alone has a check.
          expect(await app.kit("push")).toMatchObject({ code: 1 });
          expect(await app.tables()).toEqual(before);
          const migrated = await app.kit("migrate");
          expect(migrated, migrated.stderr).toMatchObject({ code: 0 });
        } else {
          // It has no driver for SQLite that comes without a program of its own.
          for (const statement of statements) await sql.raw(statement).execute(app.db);
        }
      }
      const after = await app.tables();
      expect(after.filter(({ name }) => name !== "favourite")).toEqual(before);
      expect(after).toHaveLength(before.length + 1);

      const plugbay = await app.plugbay;
      const { favourite, plugbayItem } = await app.module();
      const orm = await app.drizzle();
      const itemId = idOf(plugbay, "bob");
      await orm.insert(favourite).values({ userId: 7, itemId });
      await expect(orm.insert(favourite).values({ userId: 8, itemId: "nobody" })).rejects.toThrow();
      const found = await orm
        .select({ itemId: favourite.itemId, name: plugbayItem.name, status: plugbayItem.status })
        .from(favourite)
        .innerJoin(plugbayItem, eq(plugbayItem.id, favourite.itemId));
      expect(found).toEqual([{ itemId, name: "bob", status: "active" }]);
      expect(plugbay.getById(greeting, found[0].itemId)?.greet()).toBe("bob");

      await plugbay.control.retire([itemId], { actor: "test" });
      const purge = plugbay.control.purge({ olderThanMs: 0, actor: "test" });
      await expect(purge).rejects.toThrow(PurgeBlockedError);
      await orm.delete(favourite);
      expect((await plugbay.control.purge({ olderThanMs: 0, actor: "test" })).items).toHaveLength(1);
    },
  );

  test("each generated column is called, typed and nullable as the migrations make it", async () => {
    const { getTableConfig } = (await cores[dialect]()) as DrizzleCore;
    const folder = await makeFolder();
    await generate(folder, dialect, {});
    const module = await import(join(folder, "plugbay-tables.ts"));
    const described = await describeTables(tableNames());
    const types = typesOf(dialects[dialect]);
    for (const [name, table] of [
      ["plugbay_item", module.plugbayItem],
      ["plugbay_type", module.plugbayType],
    ] as const) {
      const expected = described
        .find((one) => one.name === name)
        ?.columns.map((column) => ({
          name: column.name,
          type: withoutCollation(types[column.kind]),
          notNull: !column.isNullable,
          default: column.default,
        }));
      const { columns } = getTableConfig(table);
      expect(
        columns.map((column) => ({
          name: column.name,
          type: withoutCollation(column.getSQLType()).replace(/^int$/, "integer"),
          notNull: column.notNull,
          default: column.default,
        })),
      ).toEqual(expected);
    }
    const own = module.plugbayItem.id.getSQLType();
    expect(own).toBe(dialect === "mysql" ? types.id : withoutCollation(types.id));
  });
});

interface GeneratedColumn {
  readonly name: string;
  readonly notNull: boolean;
  readonly default: unknown;
  getSQLType(): string;
}

const withoutCollation = (type: string): string => type.replace(/ (character set|collate) .*/, "");

/** What the modules for the databases have alike. */
interface DrizzleCore {
  getTableConfig(table: unknown): { readonly columns: readonly GeneratedColumn[] };
}

const cores: Readonly<Record<DialectName, () => Promise<unknown>>> = {
  sqlite: () => import("drizzle-orm/sqlite-core"),
  postgres: () => import("drizzle-orm/pg-core"),
  mysql: () => import("drizzle-orm/mysql-core"),
};

async function generate(folder: string, dialect: string, place: Place): Promise<void> {
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const options = Object.entries(place).flatMap(([name, value]) => [`--${name}`, value]);
  const operands = ["generate", "drizzle", "--dialect", dialect, "--out", "plugbay-tables.ts", ...options];
  expect(await runCli(folder, ...operands)).toMatchObject({ code: 0, stderr: "" });
}

/** An application with Drizzle, over a database in which plugbay's tables are. */
class Application {
  readonly #home: TestDatabase;
  readonly #folder: string;
  readonly #empty: EmptyDatabase;
  readonly db: AnyKysely;
  readonly plugbay: ReturnType<TestDatabase["open"]>;

  private constructor(home: TestDatabase, folder: string, empty: EmptyDatabase, db: AnyKysely, place: Place) {
    this.#home = home;
    this.#folder = folder;
    this.#empty = empty;
    this.db = db;
    const { schema, prefix } = place;
    const make = { sqlite: undefined, postgres, mysql }[home.kind.dialect];
    const database =
      schema === undefined ? empty.database : (make?.(empty.address, { schema }) ?? empty.database);
    this.plugbay = home.open([greeting, alice, bob], {
      database,
      migrate: true,
      ...(prefix !== undefined && { prefix }),
    });
  }

  static async make(home: TestDatabase, place: Place): Promise<Application> {
    const { dialect } = home.kind;
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    if (place.schema !== undefined) await sql`create schema ${sql.id(place.schema)}`.execute(db);
    const app = new Application(home, await makeFolder(), empty, db, place);
    await app.plugbay;
    await generate(app.#folder, dialect, place);
    await app.#write("schema.ts", schemaFile(dialect));
    const credentials = { url: empty.address };
    const config = {
      dialect: kitDialects[dialect],
      schema: "./schema.ts",
      out: "./migrations",
      tablesFilter: [`!${place.prefix ?? "plugbay_"}*`],
      dbCredentials: credentials,
    };
    await app.#write("drizzle.config.ts", `export default ${JSON.stringify(config)};\n`);
    return app;
  }

  async #write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.#folder, path)), { recursive: true });
    await writeFile(join(this.#folder, path), text);
  }

  kit(...operands: string[]): Promise<ProgramOutcome> {
    return runProgram(this.#folder, process.execPath, ["node_modules/drizzle-kit/bin.cjs", ...operands]);
  }

  /** The one that drizzle-kit has written. */
  async migration(): Promise<string> {
    const folder = join(this.#folder, "migrations");
    const [file = "", ...others] = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
    expect(others).toEqual([]);
    return readFile(join(folder, file), "utf8");
  }

  /** All tables with their columns, but for drizzle-kit's own. */
  async tables() {
    const tables = await this.db.introspection.getTables();
    return tables.filter(({ name }) => !name.startsWith("__drizzle"));
  }

  async module() {
    const load = (file: string) => import(join(this.#folder, file));
    return { ...(await load("schema.ts")), ...(await load("plugbay-tables.ts")) };
  }

  /** Drizzle over a connection of the application. */
  async drizzle() {
    const url = this.#empty.address;
    if (this.#home.kind.dialect === "sqlite") {
      const { drizzle } = await import("drizzle-orm/sqlite-proxy");
      return drizzle(async (text, values) => {
        const { rows } = await this.db.executeQuery(CompiledQuery.raw(text, values));
        return { rows: rows.map((row) => Object.values(row as object)) };
      }) as unknown as AnyOrm;
    }
    const orm =
      this.#home.kind.dialect === "postgres"
        ? (await import("drizzle-orm/node-postgres")).drizzle(url)
        : (await import("drizzle-orm/mysql2")).drizzle(url);
    this.#home.afterwards(async () => {
      await (orm.$client as { end(): Promise<void> }).end();
    });
    return orm as unknown as AnyOrm;
  }
}

/** Drizzle, whatever its database is: the tables are those of a module that the test has made. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyOrm = any;
