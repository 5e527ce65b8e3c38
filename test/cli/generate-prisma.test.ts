import prisma from "@prisma/prisma-schema-wasm";
import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

// By Prisma's own parser. What its engine for migrations makes of them is in test/ecosystem/prisma.test.ts.

const providers = [
  ["sqlite", "sqlite", []],
  ["postgres", "postgresql", []],
  ["postgres", "postgresql", ["--schema", "ops", "--prefix", "acme_"]],
  ["mysql", "mysql", ["--prefix", "acme_"]],
] as const;

test.each(providers)(
  "the models for %s are valid beside a model that points at them (%s, %j)",
  async (...one) => {
    const [dialect, provider, place] = one;
    const models = await generated(dialect, "--relation", "Favourite", ...place);
    const schemas = (place as readonly string[]).includes("ops");
    const own = `datasource db {
  provider = "${provider}"${schemas ? '\n  schemas  = ["public", "ops"]' : ""}
}

generator client {
  provider = "prisma-client"
  output   = "generated"
}

model Favourite {
  userId Int
  itemId String${dialect === "sqlite" ? "" : " @db.VarChar(36)"}
  item   PlugbayItem @relation(fields: [itemId], references: [id], onDelete: Restrict)

  @@id([userId, itemId])${schemas ? '\n  @@schema("public")' : ""}
}
`;
    const files = [
      ["schema.prisma", own],
      ["plugbay.prisma", models],
    ];
    prisma.validate(JSON.stringify({ prismaSchema: files, noColor: true }));

    // As Prisma would write it: nothing changes when the application's files are formatted.
    const options = {
      textDocument: { uri: "file:/plugbay.prisma" },
      options: { tabSize: 2, insertSpaces: true },
    };
    const inDocuments = files.map(([name, text]) => [`file:/${name}`, text]);
    const formatted = JSON.parse(prisma.format(JSON.stringify(inDocuments), JSON.stringify(options)));
    expect(new Map<string, string>(formatted).get("file:/plugbay.prisma")).toBe(models);

    const { datamodel } = JSON.parse(prisma.get_dmmf(JSON.stringify({ prismaSchema: files, noColor: true })));
    const item = datamodel.models.find(({ name }: { name: string }) => name === "PlugbayItem");
    expect(item.dbName).toBe(place.some((word) => word === "acme_") ? "acme_item" : "plugbay_item");
  },
);

test("without a relation, the models are valid on their own", async () => {
  const models = await generated("sqlite");
  const own = 'datasource db {\n  provider = "sqlite"\n}\n';
  prisma.validate(JSON.stringify({ prismaSchema: [["a.prisma", own + models]], noColor: true }));
  expect(models).not.toContain("Favourite");
});

test("the tables that Prisma Migrate has to leave alone are named as it wants them", async () => {
  expect(externals(await generated("sqlite"))).toContain("plugbay_item");
  expect(externals(await generated("postgres"))).toContain("public.plugbay_item");
  const inOps = externals(await generated("postgres", "--schema", "ops"));
  expect(inOps).toContain("ops.plugbay_item");
  expect(inOps.every((name) => name.startsWith("ops."))).toBe(true);
  expect(externals(await generated("mysql"))).toContain("plugbay_migration");
});

const externals = (models: string): string[] =>
  [...models.matchAll(/^\/\/ {7}"(.*)",$/gm)].map(([, name = ""]) => name);

async function generated(dialect: string, ...more: string[]): Promise<string> {
  const outcome = await runCli(await makeFolder(), "generate", "prisma", "--dialect", dialect, ...more);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  return outcome.stdout;
}
