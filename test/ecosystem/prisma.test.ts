import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { freshPostgres } from "../servers/databases.ts";
import { Application } from "./harness/application.ts";
import type { ProgramOutcome } from "./harness/run-program.ts";

// Prisma's own engine for migrations is a program that is downloaded when it is used. With `engine: "js"`, the command
// of 6.19 runs what comes with it as WebAssembly, over one of Prisma's adapters. MySQL is not in there.

const example = new URL("../../examples/notifications/", import.meta.url);
const plugbay = `import { defineConfig, definePlugin, definePluginType } from "plugbay";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";

const sender = definePluginType({ name: "sender", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(sender, { name: "smtp", module: "app", create: () => ({ send() {} }) });
const url = process.env.POSTGRES_URL;
export default defineConfig({ database: url ? postgres(url) : sqlite("app.db"), plugins: [sender, smtp] });
`;

let app: Application;

beforeAll(async () => {
  app = await Application.make({
    files: { "plugbay.config.mjs": plugbay, ...(await prismaOfExample()) },
    dependencies: {
      prisma: "6.19.0",
      "@prisma/adapter-libsql": "6.19.0",
      "@prisma/adapter-pg": "6.19.0",
      "@photostructure/sqlite": "^1.2.1",
      pg: "^8",
    },
    manifest: { type: "module" },
    withoutScripts: true,
  });
});
afterAll(() => app?.[Symbol.asyncDispose]());

test("db push makes the table of examples/notifications, and leaves plugbay's alone", async () => {
  expect(await app.run("plugbay", "migrate")).toMatchObject({ code: 0 });
  const before = tables();
  expect(before.length).toBeGreaterThan(12);

  expect(await push(withExternal)).toMatchObject({ code: 0 });
  const after = tables();
  expect(after.filter(({ name }) => name !== "user")).toEqual(before);
  expect(after.find(({ name }) => name === "user")?.sql).toContain('REFERENCES "plugbay_item" ("id")');
  expect(await push(withExternal)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("already in sync"),
  });

  const refused = await push("tables: {}");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("--accept-data-loss") });
  expect(tables()).toEqual(after);
});

test.skipIf(inject("postgresUrl") === null)(
  "a migration for PostgreSQL is of the application's table alone, and its key holds",
  async () => {
    const database = await freshPostgres(inject("postgresUrl") ?? "");
    const env = { POSTGRES_URL: database.url };
    const run = (...operands: string[]) => app.runWith(env, "plugbay", ...operands);
    const client = new pg.Client({ connectionString: database.url });
    try {
      expect(await run("migrate")).toMatchObject({ code: 0 });
      const models = await run("generate", "prisma", "--relation", "Favourite");
      await app.write({ "own/plugbay.prisma": models.stdout, "own/schema.prisma": favourites });
      await writeConfig(headOf(models.stdout), "PrismaPg({ connectionString: process.env.POSTGRES_URL })");
      const diff = ["migrate", "diff", "--from-empty", "--to-schema-datamodel", "own", "--script"];
      const migration = await prisma(env, ...diff);
      expect(migration.stdout.match(/^(CREATE|ALTER|DROP) .*?"\w+"/gm)).toEqual([
        'CREATE TABLE "favourite"',
        'CREATE INDEX "favourite_item_id_idx"',
        'ALTER TABLE "favourite"',
      ]);

      await client.connect();
      await client.query(migration.stdout);
      await client.query("insert into favourite select 7, id from plugbay_item");
      const nobody = client.query("insert into favourite values (8, 'nobody')");
      await expect(nobody).rejects.toThrow("favourite_item_id_fkey");
      expect(await run("retire", "smtp", "--yes")).toMatchObject({ code: 0 });
      expect(await run("purge", "--older-than", "0s", "--yes")).toMatchObject({ code: 4 });
    } finally {
      await client.end();
      await database.drop();
    }
  },
);

const favourites = `datasource db {
  provider = "postgresql"
  url      = "postgres://localhost/never-asked"
}

model Favourite {
  userId Int         @map("user_id")
  itemId String      @map("item_id") @db.VarChar(36)
  item   PlugbayItem @relation(fields: [itemId], references: [id], onDelete: Restrict)

  @@id([userId, itemId])
  @@index([itemId])
  @@map("favourite")
}
`;

/** As the example has it. */
const withExternal = "...example";

async function prismaOfExample(): Promise<Record<string, string>> {
  const names = await readdir(new URL("prisma/", example));
  const files = await Promise.all(
    names.map(async (name) => [`prisma/${name}`, await readFile(new URL(`prisma/${name}`, example), "utf8")]),
  );
  const { "prisma/schema.prisma": schema = "", ...others } = Object.fromEntries(files);
  return {
    ...others,
    // This version of Prisma wants an address here.
    "prisma/schema.prisma": schema.replace('"sqlite"', '"sqlite"\n  url = "file:app.db"'),
    "example.ts": await readFile(new URL("prisma.config.ts", example), "utf8"),
  };
}

async function push(settings: string): Promise<ProgramOutcome> {
  await writeConfig(settings);
  return prisma({}, "db", "push", "--skip-generate");
}

/** What a generated file says at its head that prisma.config.ts has to have. */
function headOf(models: string): string {
  const comment = models.slice(0, models.indexOf("\n\n")).replaceAll(/^\/\/ /gm, "");
  return comment.slice(comment.indexOf("  experimental"));
}

const writeConfig = (settings: string, adapter = 'PrismaLibSQL({ url: "file:app.db" })'): Promise<void> =>
  app.write({
    "prisma.config.ts": `import { PrismaLibSQL } from "@prisma/adapter-libsql";
import { PrismaPg } from "@prisma/adapter-pg";
import example from "./example.ts";

// A timer that it leaves would keep it for a minute.
const { setTimeout } = globalThis;
globalThis.setTimeout = (...given) => setTimeout(...given).unref();
const told = { ${settings} };
export default {
  schema: "prisma",
  ...told,
  experimental: { ...told.experimental, adapter: true },
  engine: "js",
  adapter: async () => new ${adapter},
};
`,
  });

/** It would download its programs, which `engine: "js"` does not run, unless they are somewhere. */
const programs = {
  PRISMA_QUERY_ENGINE_LIBRARY: "/bin/true",
  PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true",
  CHECKPOINT_DISABLE: "1",
};

const prisma = (env: NodeJS.ProcessEnv, ...operands: string[]): Promise<ProgramOutcome> =>
  app.runWith({ ...programs, ...env }, "node", "node_modules/prisma/build/index.js", ...operands);

function tables(): { readonly name: string; readonly sql: string }[] {
  const db = new DatabaseSync(join(app.folder, "app.db"));
  try {
    const query = "select name, sql from sqlite_schema where type = 'table' and name <> 'sqlite_sequence'";
    return db.prepare(query).all() as { name: string; sql: string }[];
  } finally {
    db.close();
  }
}
