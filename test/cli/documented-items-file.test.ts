import { readFile } from "node:fs/promises";
import { definePlugin, definePluginType, formatImport } from "plugbay";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { parseDocument } from "../../src/cli/items-file/parse-document.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { makeFolder, openIn } from "./workspace.ts";

const environment = { ...process.env };

beforeEach(() => {
  process.env.PLUGBAY_KEYS = generateKey().entry;
  process.env.STRIPE_EU_TOKEN = "canary-51c2e07d";
});
afterEach(() => {
  process.env = { ...environment };
});

const gateway = definePluginType<{ charge(cents: number): void }>({
  name: "gateway",
  manager: "apps/payment",
  methods: { charge: "required" },
});
const stripe = definePlugin(gateway, {
  name: "stripe",
  module: "apps/stripe",
  config: z.strictObject({ account: z.string(), token: z.string() }),
  secrets: ["token"],
  create: () => ({ charge: () => undefined }),
});

test("the file of items in docs/configuration.md is taken, and its import prints what is shown there", async () => {
  const page = await readFile(new URL("../../docs/configuration.md", import.meta.url), "utf8");
  const [, file = ""] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
  const [, shown = ""] =
    /^\$ npx plugbay import plugbay\.items\.yaml --dry-run\n(.*?)^```$/ms.exec(page) ?? [];
  const read = async (text: string) => (await parseDocument(text, "plugbay.items.yaml")).value;
  const { control } = await openIn(await makeFolder(), [gateway, stripe]);

  const before = file.replace("priority: 10", "priority: 0").replace("acct_1", "acct_2");
  await control.import(await read(before), { actor: "alice" });
  expect(formatImport(await control.planImport(await read(file))).trim()).toBe(shown.trim());
});
