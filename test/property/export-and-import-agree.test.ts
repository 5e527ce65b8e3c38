import { randomBytes } from "node:crypto";
import fc from "fast-check";
import {
  definePlugin,
  definePluginType,
  type ItemsDocument,
  type JsonValue,
  openPlugbay,
  type Plugbay,
} from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { z } from "zod";
import { formatDocument } from "../../src/cli/items-file/format-document.ts";
import { parseDocument } from "../../src/cli/items-file/parse-document.ts";
import { snapshotOf } from "../../src/open/facade.ts";

interface Service {
  serve(): void;
}

/** Names that would be alike if they were joined. */
const types = ["a", "a-b"].map((name) =>
  definePluginType<Service>({ name, manager: "m", methods: { serve: "required" } }),
);
const secretText = z.string().meta({ "x-plugbay-secret": true }).optional();
const plugins = types.flatMap((type) =>
  ["x", "x/y"].map((module) =>
    definePlugin(type, {
      module,
      name: "p",
      config: z
        .object({
          token: secretText,
          deep: z.object({ password: secretText }).loose().optional(),
        })
        .loose(),
      create: () => ({ serve: () => undefined }),
    }),
  ),
);
const by = { actor: "alice" };
const keys = `k:${randomBytes(32).toString("base64")}`;
const mark = "canary-";

const open = (): Promise<Plugbay> =>
  openPlugbay({
    ...{ database: sqlite(":memory:"), plugins: [...types, ...plugins], keys },
    ...{ pollIntervalMs: false, heartbeatMs: false },
  });

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom("$", "{", "}", "A", " ", "\n", "\r", "\t", ":", "#", "-", "'", '"', "\\", "|", ">"),
    maxLength: 8,
  }),
  fc.constantFrom(
    "yes",
    "no",
    "null",
    "~",
    "1e3",
    "0x10",
    "2030-01-01",
    "<<",
    "=",
    "*a",
    "&a",
    "!!str",
    "---",
    "...",
  ),
);
const key = fc
  .string({ maxLength: 6 })
  .filter(
    (name) => !["__proto__", "constructor", "prototype", "$secret", "secret", "token", "deep"].includes(name),
  );
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    ...[
      text,
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    ],
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const secret = fc.option(
  fc.string({ unit: "grapheme", maxLength: 6 }).map((rest) => mark + rest),
  { nil: undefined },
);
const item = fc.record({
  plugin: fc.constantFrom(...plugins),
  label: fc.constantFrom("eu", "EU", "e u", "e/u", "é"),
  status: fc.constantFrom("active", "reserve", "disable"),
  priority: fc.integer({ min: -32768, max: 32767 }),
  description: text.filter((one) => one.isWellFormed() && !one.includes("\0")),
  fields: fc.dictionary(key, json, { maxKeys: 3, noNullPrototype: true }),
  token: secret,
  password: secret,
});
type Wanted = typeof item extends fc.Arbitrary<infer One> ? One : never;
const items = fc.uniqueArray(item, {
  maxLength: 6,
  selector: ({ plugin, label }) => JSON.stringify([plugin.type.name, plugin.module, label]),
});

test("what is exported, as YAML or JSON, is imported into an empty database, exported alike, and has no secret", async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.constantFrom("yaml" as const, "json" as const), async (wanted, format) => {
      await using source = await open();
      for (const { plugin, fields, token, password, ...rest } of wanted) {
        const { type, module, name } = plugin;
        const config = { ...fields, ...(token && { token }), deep: { ...(password && { password }) } };
        await source.control.createItem({ ...rest, type, module, name, config }, by);
      }
      await source.control.import(everySecond(await source.control.exportItems()), { ...by, managed: true });

      const exported = await source.control.exportItems({ secrets: "env" });
      const file = await formatDocument(exported, format);
      expect(file).not.toContain(mark);
      const { value } = await parseDocument(file, "items");
      expect(value).toEqual(exported);
      const environment = environmentOf(exported, wanted);
      expect((await source.control.import(value, { ...by, environment })).changes).toEqual([]);

      await using target = await open();
      await target.control.import(value, { ...by, environment });
      expect(await target.control.exportItems({ secrets: "env" })).toEqual(exported);
      const { revision } = snapshotOf(target);
      expect((await target.control.import(value, { ...by, environment })).changes).toEqual([]);
      expect(snapshotOf(target).revision).toBe(revision);
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** The document with half of its items, to be marked as managed. */
const everySecond = ({ types, ...document }: ItemsDocument): ItemsDocument => ({
  ...document,
  types: types.map((type) => ({ ...type, items: type.items.filter((_, index) => index % 2 === 0) })),
});

/** The values behind the references of an export. */
function environmentOf({ types }: ItemsDocument, wanted: readonly Wanted[]): Record<string, string> {
  const values: Record<string, string> = {};
  const put = (reference: unknown, value: string | undefined): void => {
    if (value !== undefined) values[String(reference).slice(2, -1)] = value;
  };
  for (const { plugin, label, token, password } of wanted) {
    const items = types.find(({ name }) => name === plugin.type.name)?.items;
    const item = items?.find((one) => one.module === plugin.module && one.label === label);
    const config = item?.config as { token?: string; deep: { password?: string } } | undefined;
    put(config?.token, token);
    put(config?.deep.password, password);
  }
  return values;
}
