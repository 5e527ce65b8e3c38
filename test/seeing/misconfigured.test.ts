import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { collectWarnings } from "../runtime/collect-warnings.ts";

const sms = definePluginType<{ send(): void }>({
  ...{ name: "sms", manager: "apps/a", methods: { send: "required" } },
});

interface Code {
  readonly token: z.ZodString;
  readonly version: number;
  readonly keys: string;
  readonly create: () => { send(): void };
}

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString("base64")}`;
const works = { send: () => undefined };
const fine: Code = { token: z.string(), version: 1, keys: key("one", 1), create: () => works };

async function open(file: string, { token, version, keys, create }: Code) {
  const vonage = definePlugin(sms, {
    ...{ name: "vonage", module: "apps/vonage", config: z.object({ token }) },
    ...{ version, create },
    secrets: ["token"],
    migrateConfig: (_, from) => {
      throw new Error(`nothing is known of version ${from}`);
    },
  });
  const plugbay = await openPlugbay({ database: sqlite(file), plugins: [sms, vonage], keys });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

test.each<[string, Partial<Code>, string, RegExp]>([
  [
    "the schema of the plugin's code refuses the config",
    { token: z.string().min(99, "is too short") },
    "item-misconfigured",
    /^token: is too short$/,
  ],
  [
    "the config cannot be brought forward",
    { version: 2 },
    "item-misconfigured",
    /nothing is known of version 1/,
  ],
  ["a secret cannot be read", { keys: key("two", 2) }, "item-misconfigured", /^token: the secret .*"one"/],
  [
    "its create throws",
    {
      create: () => {
        throw new Error("no licence");
      },
    },
    "item-failed",
    /^no licence$/,
  ],
])("where %s, that is what the list says", async (_, change, code, cause) => {
  collectWarnings();
  const folder = await mkdtemp(join(tmpdir(), "plugbay-misconfigured-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "app.db");
  const before = await open(file, fine);
  const identity = { type: sms, module: "apps/vonage", name: "vonage" };
  await before.control.createItem(
    { ...identity, status: "active", config: { token: "t0ken" } },
    { actor: "alice" },
  );
  await before.close();
  const plugbay = await open(file, { ...fine, ...change });
  const entryOf = async () => (await plugbay.attention()).find(({ item }) => item?.name === "vonage");
  await expect.poll(async () => (await entryOf())?.code, { timeout: 10_000 }).toBe(code);
  const entry = await entryOf();
  expect(entry?.details.causes).toEqual([expect.stringMatching(cause)]);
  expect(JSON.stringify(entry)).not.toContain("t0ken");
});
