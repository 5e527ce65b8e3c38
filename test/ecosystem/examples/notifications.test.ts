import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import prisma from "@prisma/prisma-schema-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import prismaConfig from "../../../examples/notifications/prisma.config.ts";
import type { Application } from "../harness/application.ts";
import { installExample, RunningServer } from "../harness/example.ts";

let app: Application;

beforeAll(async () => {
  app = await installExample("notifications");
});
afterAll(() => app?.[Symbol.asyncDispose]());

const plugbay = (...operands: string[]) =>
  app.run("node", "node_modules/plugbay/dist/cli/main.js", ...operands);

const read = (...path: string[]) => readFile(join(app.folder, ...path), "utf8");

test("examples/notifications goes by a user's favourite, and by the next channel where that cannot serve", async () => {
  await using server = await RunningServer.start(app);
  const choose = (channel: string) =>
    server.ask("/users/1/favourite", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ channel }),
    });
  const tell = (user: number) => server.post(`/users/${user}/notify`, { text: "Your parcel is here." });

  expect((await choose("pigeon")).status).toBe(422);
  expect((await choose("push")).status).toBe(204);
  expect(await tell(1)).toEqual({ by: "push" });
  await expect.poll(() => server.printed).toContain("push -> Ada's telephone: Your parcel is here.");
  expect(await tell(2)).toEqual({ by: "email" });

  await server.post("/networks/push/down");
  expect(await tell(1)).toEqual({ by: "email" });
  await server.post("/networks/email/down");
  expect(await tell(1)).toEqual({ by: "sms" });
  await server.post("/networks/push/up");
  expect(await tell(1)).toEqual({ by: "push" });

  expect(await plugbay("set", "push", "--status", "disable")).toMatchObject({ code: 0 });
  await expect.poll(() => tell(1)).toEqual({ by: "sms" });
  const ada = { name: "Ada", favourite: "push", status: "disable" };
  expect(await server.read("/users")).toMatchObject([ada, { name: "Grace", favourite: null }]);
  await server.interrupt();
});

test("nobody purges the item under a user's favourite", async () => {
  expect(await plugbay("retire", "push", "--yes")).toMatchObject({ code: 0 });
  const purged = await plugbay("purge", "--older-than", "0s", "--yes");
  expect(purged).toMatchObject({ code: 4, stderr: expect.stringContaining("nothing was purged") });
});

test("what was generated for Drizzle is up to date", async () => {
  const [tables, migrations] = [
    await read("plugbay-tables.ts"),
    await readdir(join(app.folder, "migrations")),
  ];
  const generated = await app.run("npm", "run", "generate");
  expect(generated, generated.stderr).toMatchObject({ code: 0 });
  expect(generated.stdout).toContain("No schema changes");
  expect(await read("plugbay-tables.ts")).toBe(tables);
  expect(await readdir(join(app.folder, "migrations"))).toEqual(migrations);
});

test("the schema for Prisma is valid beside plugbay's tables, which are left to plugbay", async () => {
  const { stdout } = await plugbay("generate", "prisma", "--relation", "User");
  const files = [
    ["schema.prisma", await read("prisma", "schema.prisma")],
    ["plugbay.prisma", await read("prisma", "plugbay.prisma")],
  ];
  expect(files[1]?.[1]).toBe(stdout);
  prisma.validate(JSON.stringify({ prismaSchema: files, noColor: true }));
  const external = [...stdout.matchAll(/^\/\/ {7}"(.*)",$/gm)].map(([, name]) => name);
  expect(prismaConfig.tables.external).toEqual(external);
});
