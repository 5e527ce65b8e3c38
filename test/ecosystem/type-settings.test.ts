import { afterAll, beforeAll, expect, test } from "vitest";
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

let app: Application;

beforeAll(async () => {
  app = await Application.make({
    files: { "commonjs/package.json": "{}", "esm/package.json": `{ "type": "module" }` },
    // Of the drivers it has none, and of none the types.
    dependencies: { typescript: "~5.9", "@types/node": "^20", "@photostructure/sqlite": "^1.2.1" },
  });
});
afterAll(() => app?.[Symbol.asyncDispose]());

test.each([
  { module: "commonjs", moduleResolution: "node10", folder: "commonjs" },
  { module: "node16", moduleResolution: "node16", folder: "commonjs" },
  { module: "nodenext", moduleResolution: "nodenext", folder: "commonjs" },
  { module: "esnext", moduleResolution: "bundler", folder: "esm" },
])(
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
    expect(await app.run("npx", "--no", "--", "tsc", "-p", folder)).toMatchObject({ code: 0, stdout: "" });
    const run = await app.run("node", `${folder}/${module}/main.js`);
    expect(run).toMatchObject({ code: 0, stdout: "sent function\n" });
  },
);
