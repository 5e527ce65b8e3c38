import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Application } from "./harness/application.ts";

const program = `
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toNest } from "plugbay/nest";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";

const mail = definePluginType<{ send(): string }>({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "sent" }) });
export const elsewhere = postgres({ host: "db.example.com" });

export async function main() {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });
  const panel = toNest(createAdmin(plugbay, { basePath: "/admin" }));
  console.log(plugbay.require(mail).send(), typeof panel);
  await plugbay.close();
}
main();
`;

/** What a CommonJS module of a project of both kinds hands to an ES module, and takes from it. */
const commonjsModule = `
import type { Kysely, MigrationProvider, Transaction } from "kysely";
import { definePlugin, definePluginType, type Plugbay, PlugbayError, type Registry } from "plugbay";
import { type Admin, createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { type Migration, migrations } from "plugbay/migrations";
import { sqlite } from "plugbay/sqlite";

export interface Mail { send(text: string): string }
interface Tables { tenant: { id: string } }
export const mail = definePluginType<Mail>({ name: "mail", manager: "app", methods: { send: "required" } });
export const byLabel = definePluginType<Mail>({ name: "labelled", manager: "app", methods: { send: "required" } })
  .withSelector(({ active }, label: string) => active.find((item) => item.label === label));
export const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: (text) => text }) });
export const database = sqlite(":memory:");
export const panelOf = (plugbay: Plugbay): Admin => createAdmin(plugbay, { basePath: "/admin" });
export const mount = (admin: Admin) => typeof toExpress(admin);
export const typesOf = ({ registry }: { registry: Registry }) => registry.types().length;
export const messageOf = (error: PlugbayError) => error.message;
export const stepsOf = async (): Promise<Record<string, Migration>> => migrations({ dialect: "sqlite" });
export const provider: MigrationProvider = { getMigrations: stepsOf };
export declare const kysely: Kysely<Tables>;
export declare const transaction: Transaction<Tables>;
`;
const module = `
import type { MigrationProvider } from "kysely";
import { createRegistry, definePlugin, ForbiddenError, openPlugbay, PlugbayError } from "plugbay";
import { createAdmin } from "plugbay/admin";
import * as theirs from "./theirs.cjs";

const { byLabel, mail, smtp } = theirs;
// @ts-expect-error It sends a text.
definePlugin(mail, { name: "wrong", module: "app", create: () => ({ send: () => 1 }) });
const own = definePlugin(byLabel, { name: "own", module: "app", create: () => ({ send: (text) => text }) });
const plugins = createRegistry([mail, byLabel, smtp, own]);
const plugbay = await openPlugbay({ database: theirs.database, plugins });
const sent: string = plugbay.require(mail).send("sent");
// @ts-expect-error It has no such method.
plugbay.require(mail).deliver;
const labelled: string | undefined = plugbay.get(byLabel, "x")?.send("sent");
// @ts-expect-error The selector takes a label.
plugbay.get(byLabel);
theirs.mount(createAdmin(plugbay));
theirs.messageOf(new ForbiddenError("no"));
console.log(sent, labelled, theirs.mount(theirs.panelOf(plugbay)), theirs.typesOf({ registry: plugins }));
console.log(new ForbiddenError("no") instanceof PlugbayError);
await plugbay.close();

export const provider: MigrationProvider = { getMigrations: theirs.stepsOf };

export async function open() {
  const { control } = await openPlugbay({ database: theirs.kysely, plugins });
  control.in(theirs.transaction);
  // @ts-expect-error It is no transaction.
  control.in(theirs.kysely);
  // @ts-expect-error It is no database.
  await openPlugbay({ database: {}, plugins });
}
`;

const modern = [
  { module: "nodenext", moduleResolution: "nodenext", folder: "commonjs" },
  { module: "esnext", moduleResolution: "bundler", folder: "esm" },
];

describe.each([
  {
    typescript: "5.9",
    settings: [
      { module: "commonjs", moduleResolution: "node10", folder: "commonjs" },
      { module: "node16", moduleResolution: "node16", folder: "commonjs" },
      ...modern,
    ],
  },
  { typescript: "7.0", settings: modern },
])("TypeScript $typescript", ({ typescript, settings }) => {
  let app: Application;

  beforeAll(async () => {
    app = await Application.make({
      files: { "commonjs/package.json": "{}", "esm/package.json": `{ "type": "module" }` },
      // Of the drivers it has none, and of none the types.
      dependencies: {
        typescript: `~${typescript}.0`,
        "@types/node": "^20",
        "@photostructure/sqlite": "^1.2.1",
      },
    });
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  test.each(settings)(
    "compiles and runs with module $module, moduleResolution $moduleResolution, in a package of $folder",
    async ({ folder, module, moduleResolution }) => {
      await app.write({
        [`${folder}/main.ts`]: program,
        [`${folder}/tsconfig.json`]: JSON.stringify({
          compilerOptions: {
            module,
            moduleResolution,
            target: "es2022",
            strict: true,
            declaration: true,
            outDir: module,
            esModuleInterop: true,
            skipLibCheck: false,
            types: ["node"],
          },
        }),
      });
      expect(await app.run("tsc", "-p", folder)).toMatchObject({ code: 0, stdout: "" });
      const run = await app.run("node", `${folder}/${module}/main.js`);
      expect(run).toMatchObject({ code: 0, stdout: "sent function\n" });
    },
  );

  test("a project of CommonJS and ES modules has plugbay's types of both kinds, as one", async () => {
    await app.write({
      "both/package.json": "{}",
      "both/theirs.cts": commonjsModule,
      "both/main.mts": module,
      "both/tsconfig.json": JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2022",
          strict: true,
          outDir: "out",
          skipLibCheck: false,
          types: ["node"],
        },
      }),
    });
    expect(await app.run("tsc", "-p", "both")).toMatchObject({ code: 0, stdout: "" });
    const run = await app.run("node", "both/out/main.mjs");
    expect(run).toMatchObject({ code: 0, stdout: "sent undefined function 2\ntrue\n" });
  });
});
