import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type } from "arktype";
import { definePlugin, definePluginType, InvalidDocumentError, type JsonValue, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { generateKey } from "../../src/secrets/generate-key.ts";

const mail = definePluginType<{ send(): void }>({
  name: "mail",
  manager: "m",
  methods: { send: "required" },
});
const identity = { module: "m", name: "smtp" };
const by = { actor: "deployment" };

interface Given {
  readonly config: JsonValue;
  readonly environment: Record<string, string>;
  readonly secrets?: readonly string[];
  readonly configVersion?: number;
}

/** What is stored of a config that a file has, of a plugin with this schema. */
async function imported(config: StandardSchemaV1, given: Given): Promise<JsonValue> {
  const smtp = definePlugin(mail, {
    ...identity,
    config,
    // Of a schema that may be any, no field is known to be a text.
    secrets: (given.secrets ?? []) as readonly never[],
    create: () => ({ send: () => undefined }),
    ...(given.configVersion && { version: 2, migrateConfig: (old: unknown) => ({ server: old }) }),
  });
  await using plugbay = await openPlugbay({
    ...{ database: sqlite(":memory:"), plugins: [mail, smtp], keys: generateKey().entry },
    ...{ pollIntervalMs: false, heartbeatMs: false },
  });
  const { config: written, configVersion, environment } = given;
  const item = { ...identity, label: "eu", config: written, ...(configVersion && { configVersion }) };
  const document = { plugbay: 1, types: [{ manager: "m", name: "mail", items: [item] }] };
  await plugbay.control.import(document, { ...by, environment });
  const exported = await plugbay.control.exportItems();
  expect((await plugbay.control.import(exported, { ...by, environment: {} })).changes).toEqual([]);
  return plugbay.items(mail).find(({ label }) => label === "eu")?.config ?? null;
}

async function refusal(config: StandardSchemaV1, given: Given): Promise<string> {
  const error = await imported(config, given).then(
    (stored) => expect.unreachable(JSON.stringify(stored)),
    (reason: unknown) => reason,
  );
  if (!(error instanceof InvalidDocumentError)) throw error;
  return error.issues.map(({ path, message }) => `${path.slice(5).join(".")}: ${message}`).join("\n");
}

const config = { host: `\${HOST}`, port: `\${PORT}`, tls: `\${TLS}` };
const environment = { HOST: "1234", PORT: "587", TLS: "true" };

/** Ends with the first thing that is wrong, and offers no JSON Schema. */
const standardOnly: StandardSchemaV1 = {
  "~standard": {
    version: 1,
    vendor: "example",
    validate: (value) => {
      const { host, port, tls } = value as Record<string, unknown>;
      if (typeof host !== "string") return { issues: [{ path: ["host"], message: "is no text" }] };
      if (typeof port !== "number") return { issues: [{ path: [{ key: "port" }], message: "is no number" }] };
      if (typeof tls !== "boolean") return { issues: [{ path: ["tls"], message: "is no flag" }] };
      return { value };
    },
  },
};

describe("a variable stands for a number or a flag where the schema wants one", () => {
  const number = z.number();
  test.each<[string, StandardSchemaV1]>([
    ["zod", z.strictObject({ host: z.string(), port: z.number().int(), tls: z.boolean().default(false) })],
    ["valibot", v.object({ host: v.string(), port: v.number(), tls: v.optional(v.boolean(), false) })],
    ["arktype", type({ host: "string", port: "number.integer", tls: "boolean = false" })],
    ["a schema of its own", standardOnly],
    [
      "an asynchronous schema",
      z.object({ host: z.string(), port: number.refine(async () => true), tls: z.boolean() }),
    ],
    ["parts put together", z.object({ host: z.string() }).and(z.object({ port: number, tls: z.boolean() }))],
  ])("of %s", async (_, schema) => {
    expect(await imported(schema, { config, environment })).toEqual({ host: "1234", port: 587, tls: true });
  });

  test("however deep: in objects, lists, records and alternatives", async () => {
    const server = z.object({ port: number, weights: z.array(number), names: z.record(z.string(), number) });
    const schema = z.strictObject({
      server,
      tuple: z.tuple([z.string(), number]),
      route: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), port: z.string() }),
        z.object({ kind: z.literal("b"), port: number }),
      ]),
      either: z.union([z.object({ size: number, id: z.string() }), z.object({ speed: number })]),
      fixed: z.union([z.literal(25), z.literal(587)]),
      none: z.null(),
    });
    const one = `\${N}`;
    const written = {
      server: { port: one, weights: [1, one], names: { "a.b": one } },
      tuple: [one, one],
      route: { kind: "b", port: one },
      either: { size: one, id: one },
      fixed: one,
      none: `\${NONE}`,
    };
    const stored = await imported(schema, { config: written, environment: { N: "587", NONE: "null" } });
    expect(stored).toEqual({
      server: { port: 587, weights: [1, 587], names: { "a.b": 587 } },
      tuple: ["587", 587],
      route: { kind: "b", port: 587 },
      either: { size: 587, id: "587" },
      fixed: 587,
      none: null,
    });
  });

  test.each<[string, number]>([
    ["-5", -5],
    ["0.25", 0.25],
    ["1e3", 1000],
    ["9007199254740991", 9007199254740991],
  ])("%s, as JSON writes it", async (PORT, port) => {
    expect(
      await imported(z.object({ port: number }), { config: { port: `\${PORT}` }, environment: { PORT } }),
    ).toEqual({
      port,
    });
  });

  test("also in a config that is brought forward", async () => {
    const schema = z.strictObject({ server: z.strictObject({ port: number }) });
    const given = { config: { port: `\${PORT}` }, environment, configVersion: 1 };
    expect(await imported(schema, given)).toEqual({ server: { port: 587 } });
  });
});

describe("a variable stands for a text", () => {
  test.each<[string, StandardSchemaV1]>([
    ["where the schema wants one", z.object({ port: z.string() })],
    ["where it takes either", z.object({ port: z.union([z.number(), z.string()]) })],
    ["where it makes a number of it", z.object({ port: z.coerce.number() })],
    ["where it takes anything", z.object({ port: z.unknown() })],
  ])("%s", async (_, schema) => {
    expect(await imported(schema, { config: { port: `\${PORT}` }, environment })).toEqual({ port: "587" });
  });

  test("that the schema refuses, and takes as a number", async () => {
    const schema = z.object({ port: z.union([z.enum(["auto"]), z.number()]) });
    expect(await imported(schema, { config: { port: `\${PORT}` }, environment })).toEqual({ port: 587 });
  });

  test("where more stands around it", async () => {
    const given = { config: { port: `\${PORT}\${PORT}` }, environment };
    expect(await refusal(z.object({ port: z.number() }), given)).toMatch(/^port: .*expected number/);
  });
});

describe("a variable that is no such number or flag is refused by name", () => {
  const port = z.object({ port: z.number().max(65_535) });
  test.each(["0x10", " 587 ", "NaN", "Infinity", "", "007", "+5", "1_000", ".5", "yes", "12a"])(
    "where %j should be a number",
    async (PORT) => {
      const told = await refusal(port, { config: { port: `\${PORT}` }, environment: { PORT } });
      expect(told).toMatch(
        /^port: .*expected number.*; PORT is read as a text: a number is written as in JSON/,
      );
    },
  );

  test.each(["12345678901234567891", "0.1234567890123456789", "1e400"])(
    "where %s would lose digits",
    async (PORT) => {
      const told = await refusal(port, { config: { port: `\${PORT}` }, environment: { PORT } });
      expect(told).toMatch(/^port: .*PORT has too many digits for a number/);
    },
  );

  test.each(["1", "yes", "TRUE", "", "null"])("where %j should be a flag", async (TLS) => {
    const told = await refusal(z.object({ tls: z.boolean() }), {
      config: { tls: `\${TLS}` },
      environment: { TLS },
    });
    expect(told).toMatch(/^tls: .*expected boolean.*TLS/);
  });

  test("where the number is one that the schema does not want", async () => {
    const told = await refusal(port, { config: { port: `\${PORT}` }, environment: { PORT: "70000" } });
    expect(told).toMatch(/^port: Too big: .*65535, with PORT read as a number; as a text: .*expected number/);
  });

  test("and a secret stays a text, and out of what is said", async () => {
    const schema = z.object({ pin: z.string().min(8), port: z.number() });
    const given = { config: { pin: `\${PIN}`, port: `\${PORT}` }, environment: { PIN: "471147", PORT: "x" } };
    for (const secrets of [[], ["pin"]]) {
      const told = await refusal(schema, { ...given, secrets });
      expect(told).toMatch(/^pin: .*8 characters/);
      expect(told).toMatch(/^port: .*PORT is read as a text/m);
      expect(told).not.toContain("471147");
    }
    const numeric = z.object({ pin: z.string(), port: z.number() });
    const taken = { ...given, environment: { PIN: "471147", PORT: "25" }, secrets: ["pin"] };
    expect(await imported(numeric, taken)).toMatchObject({ pin: { secret: "set" }, port: 25 });
  });
});
