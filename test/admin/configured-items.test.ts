import { definePlugin, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import type { HistoryList, ItemDetail, PluginList } from "../../src/admin/contract/contract.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { onEveryDatabase } from "../store/test-database.ts";
import { everything, greeting, keys, vault } from "./definitions.ts";
import { EventReader } from "./event-reader.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

const plugins = [everything, vault];
const set = { secret: "set", at: expect.any(String), fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) };
const issue = (path: string, message: unknown = expect.any(String)) => ({ path, message });

const typeIdOf = (plugbay: Plugbay) =>
  snapshotOf(plugbay).byIdentity.get(greeting.manager, greeting.name)?.row.id ?? "";
const identity = (plugbay: Plugbay) => ({
  ...{ typeId: typeIdOf(plugbay), module: "apps/vault", name: "vault" },
});

onEveryDatabase((home) => {
  async function open() {
    const plugbay = await home.open(plugins, { keys });
    const panel = new Panel(plugbay);
    const add = (label: string, config: unknown = {}) =>
      panel.ask<ItemDetail>("POST", "items", { ...identity(plugbay), label, config });
    return { plugbay, panel, add };
  }

  test("an item is added, serves, is copied, renamed and configured, and every step is in the history", async () => {
    const { plugbay, panel } = await open();
    const body = { ...identity(plugbay), label: "eu", config: { host: "eu", token: "t" }, priority: 3 };
    const response = await panel.fetch("POST", "/admin/api/items", { body });
    expect(response.status).toBe(201);
    const eu = (await response.json()) as ItemDetail;
    expect(eu).toMatchObject({
      ...{ label: "eu", status: "active", priority: 3, description: "", version: 1, managed: null },
      ...{ config: { host: "eu", token: set }, readiness: { kind: "ready" }, plugin: { name: "vault" } },
    });
    expect(plugbay.getById(greeting, eu.id)?.greet()).toBe("eu");
    expect(await panel.ask("GET", `items/${eu.id}`)).toMatchObject({ id: eu.id, config: eu.config });

    const us = await panel.ask<ItemDetail>("POST", `items/${eu.id}/duplicate`, { label: "us" });
    expect(us).toMatchObject({ label: "us", status: "disable", config: { host: "eu", token: set } });
    expect(us.id).not.toBe(eu.id);
    const changed = await panel.ask<ItemDetail>("PATCH", `items/${us.id}`, {
      ...{ version: 1, label: "us-east", config: { ...(us.config as object), host: "us" } },
    });
    expect(changed).toMatchObject({ label: "us-east", version: 2, config: { host: "us", token: set } });
    expect(changed.config).toEqual({ ...(us.config as object), host: "us" });
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=3");
    expect(entries.map(({ action, item, actor, source }) => [action, item?.label, actor, source])).toEqual([
      ["update", "us-east", "olga", "admin"],
      ["create", "us-east", "olga", "admin"],
      ["create", "eu", "olga", "admin"],
    ]);
    expect((await home.rows()).revision).toBe(4);
  });

  test("a change of a config by somebody who has not seen the last one is refused with how it is now", async () => {
    const { panel, add } = await open();
    const { id, config } = await add("eu", { host: "eu", token: "t" });
    await panel.ask("PATCH", `items/${id}`, { version: 1, config: { host: "other", token: "" } });
    const body = { version: 1, config: { ...(config as object), host: "mine" } };
    expect(await panel.refusal("PATCH", `items/${id}`, { body })).toMatchObject({
      ...{ status: 409, code: "CONFLICT" },
      current: [{ id, version: 2, config: { host: "other", token: set } }],
    });
  });

  test("a change of a config is reverted, and says which secrets stay", async () => {
    const { panel, add } = await open();
    const { id } = await add("eu", { host: "old", token: "t-old" });
    await panel.ask("PATCH", `items/${id}`, { version: 1, config: { host: "new", token: "t-new" } });
    const latest = async () => (await panel.ask<HistoryList>("GET", "history?limit=1")).entries[0];
    const entry = await latest();
    expect(entry).toMatchObject({ isRevertible: true });
    const before = await home.rows();
    expect(await panel.ask("GET", `history/${entry?.id}/revert`)).toEqual({
      before: { config: { host: "new", token: set } },
      after: { config: { host: "old", token: set } },
      secretsKept: ["token"],
    });
    expect(await home.rows()).toEqual(before);
    expect(await panel.ask("POST", `history/${entry?.id}/revert`)).toMatchObject({ changed: 1 });
    expect(await panel.ask("GET", `items/${id}`)).toMatchObject({ config: { host: "old" }, version: 3 });

    await panel.ask("PATCH", `items/${id}`, { version: 3, config: { host: "old", token: null } });
    const removal = await latest();
    expect(removal).toMatchObject({ isRevertible: false });
    for (const method of ["GET", "POST"] as const) {
      expect(await panel.refusal(method, `history/${removal?.id}/revert`)).toMatchObject({
        ...{ status: 409, code: "NOT_REVERTIBLE", detail: expect.stringContaining('the secret "token"') },
      });
    }
  });

  test("a config of 256 kB is saved, a longer one is refused, and so is a body without end", async () => {
    const { panel, add } = await open();
    const longest = 256 * 1024 - '{"host":""}'.length;
    const { id } = await add("eu", { host: "é".repeat(longest / 2) });
    const before = await home.rows();
    const change = (length: number) =>
      panel.refusal("PATCH", `items/${id}`, { body: { version: 1, config: { host: "x".repeat(length) } } });
    expect(await change(longest + 1)).toMatchObject({
      ...{ status: 400, code: "INVALID_CONFIG", issues: [issue("", "is longer than 256 kB")] },
    });
    expect(await change(1_000_000)).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    expect(await home.rows()).toEqual(before);
  });
});

onSqlite((home) => {
  const bare = { module: "apps/vault", create: () => ({ greet: () => "" }) };
  /** A schema of other tools than zod. */
  const schemaOf = (jsonSchema: unknown, validate = (value: unknown) => ({ value })) =>
    ({ "~standard": { version: 1, vendor: "test", validate, jsonSchema } }) as never;

  test("GET types/:id/plugins has what takes configs, with its JSON Schema and its secrets", async () => {
    const panel = new Panel(await home.open(plugins, { keys }));
    const { plugins: found } = await panel.ask<PluginList>(
      "GET",
      `types/${(await home.type("greeting")).id}/plugins`,
    );
    expect(found).toEqual([
      {
        ...{ module: "apps/vault", name: "vault", description: "Greets from a host" },
        ...{ status: "active", priority: 9, secrets: ["token", "smtp.password"], checkable: false },
        schema: expect.objectContaining({
          $schema: "https://json-schema.org/draft/2020-12/schema",
          type: "object",
          additionalProperties: false,
        }),
      },
    ]);
    // What is sent, not what comes out of it: a default is not required.
    expect(found[0]?.schema).not.toHaveProperty("required");
    const none = await panel.ask<PluginList>("GET", `types/${(await home.type("parting")).id}/plugins`);
    expect(none.plugins).toEqual([]);
    const nowhere = `types/${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}/plugins`;
    expect(await panel.refusal("GET", nowhere)).toMatchObject({ status: 404, code: "TYPE_NOT_FOUND" });
  });

  test("a schema without a JSON Schema, or with one that cannot be made or told, has null", async () => {
    const circular: Record<string, unknown> = { type: "object" };
    circular.properties = { again: circular };
    const schemas = {
      none: schemaOf(undefined),
      throwing: schemaOf({
        input: () => {
          throw new Error("no");
        },
      }),
      circular: schemaOf({ input: () => circular }),
      "only draft-07": schemaOf({
        input: ({ target }: { target: string }) => {
          if (target !== "draft-07") throw new Error(`no ${target}`);
          return { $schema: "http://json-schema.org/draft-07/schema#" };
        },
      }),
    };
    const odd = Object.entries(schemas).map(([name, config]) =>
      definePlugin(greeting, { ...bare, name, config }),
    );
    const plugbay = await home.open([greeting, odd]);
    const { plugins: found } = await new Panel(plugbay).ask<PluginList>(
      "GET",
      `types/${typeIdOf(plugbay)}/plugins`,
    );
    expect(found.map(({ name, schema }) => [name, schema])).toEqual([
      ["circular", null],
      ["none", null],
      ["only draft-07", { $schema: "http://json-schema.org/draft-07/schema#" }],
      ["throwing", null],
    ]);
  });

  test("an item of a plugin without a config, or that this process does not have, has no plugin", async () => {
    const plugbay = await home.open(plugins, { keys });
    const [alice, config] = ["alice", "vault"].map((name) => home.item(name));
    const panel = new Panel(plugbay);
    expect(await panel.ask("GET", `items/${(await alice)?.id}`)).toMatchObject({ plugin: null });
    expect(await panel.ask("GET", `items/${(await config)?.id}`)).toMatchObject({
      plugin: { name: "vault", secrets: ["token", "smtp.password"] },
    });
    const other = new Panel(await home.open([greeting], { sync: false }));
    expect(await other.ask("GET", `items/${(await config)?.id}`)).toMatchObject({ plugin: null });
  });

  const invalid = (...issues: object[]) => ({ status: 400, code: "INVALID_CONFIG", issues });
  test.each<[what: string, change: string, problem: object]>([
    ["a wrong type", '{"config":{"host":1}}', invalid(issue("/host"))],
    [
      "a field inside",
      '{"config":{"smtp":{"port":"x","password":"opaque-2"}}}',
      invalid(issue("/smtp/port")),
    ],
    [
      "a field that there is not",
      '{"config":{"hots":"x"}}',
      invalid(issue("", expect.stringContaining("hots"))),
    ],
    ["no object", '{"config":"x"}', invalid(issue(""))],
    ["a list", '{"config":[]}', invalid(issue(""))],
    ["__proto__", '{"config":{"__proto__":{"host":"x"}}}', invalid(issue("/__proto__"))],
    ["constructor", '{"config":{"constructor":{}}}', invalid(issue("/constructor"))],
    ["an odd key", '{"config":{"a/b~c":{"__proto__":1}}}', invalid(issue("/a~1b~0c/__proto__"))],
    ["a secret that is no text", '{"config":{"token":7}}', invalid(issue("/token"))],
    [
      "a ciphertext",
      '{"config":{"token":{"$secret":"v1.test.AAAA.AAAA"}}}',
      invalid(issue("/token/$secret")),
    ],
    ["an empty label", '{"label":""}', { status: 400, code: "INVALID_NAME" }],
    ["a label with blanks", '{"label":" x"}', { status: 400, code: "INVALID_NAME" }],
    ["a label that is none", '{"label":null}', { status: 400, code: "INVALID_INPUT" }],
    ["a taken label", '{"label":"taken"}', { status: 409, code: "LABEL_TAKEN" }],
    ["another field", '{"secrets":["host"]}', { status: 400, code: "INVALID_INPUT" }],
    ["a module", '{"module":7}', { status: 400, code: "INVALID_INPUT" }],
    ["__proto__ beside it", '{"__proto__":{"status":"disable"}}', { status: 400, code: "INVALID_INPUT" }],
  ])(
    "%s is refused for a new item and for an old one, and nothing is changed",
    async (_, change, problem) => {
      const plugbay = await home.open(plugins, { keys });
      const panel = new Panel(plugbay);
      const ask = (label: string) =>
        panel.ask<ItemDetail>("POST", "items", {
          ...identity(plugbay),
          label,
          config: { token: "opaque-1" },
        });
      await ask("taken");
      const { id } = await ask("mine");
      const before = await home.rows();
      const merge = (body: object) => `${JSON.stringify(body).slice(0, -1)},${change.slice(1)}`;
      const creation = { ...identity(plugbay), ...(change.includes("label") ? {} : { label: "new" }) };
      const refusals = [
        await panel.refusal("PATCH", `items/${id}`, { rawBody: merge({ version: 1 }) }),
        await panel.refusal("POST", "items", { rawBody: merge(creation) }),
      ];
      for (const refusal of refusals) expect(refusal).toMatchObject(problem);
      expect(await home.rows()).toEqual(before);
      expect(({} as Record<string, unknown>).host).toBeUndefined();
    },
  );

  test("what keeps a stored config from being used is told with its place in it", async () => {
    const plugbay = await home.open(plugins, { keys });
    const config = { smtp: { port: 25, password: "p" } };
    const body = { ...identity(plugbay), label: "eu", config };
    const { id, configIssues } = await new Panel(plugbay).ask<ItemDetail>("POST", "items", body);
    expect(configIssues).toEqual([]);
    const other = new Panel(await home.open(plugins, { keys: keys.replace("test:", "other:") }));
    const item = await other.ask<ItemDetail>("GET", `items/${id}`);
    expect(item).toMatchObject({ readiness: { kind: "failed" }, reason: "failed" });
    expect(item.configIssues).toEqual([
      issue("/smtp/password", expect.stringContaining("which PLUGBAY_KEYS lacks")),
    ]);
  });

  test("what cannot be configured, or has no such plugin, is refused, each in its own words", async () => {
    const plugbay = await home.open(plugins);
    const panel = new Panel(plugbay);
    const refusal = (body: object) =>
      panel.refusal("POST", "items", { body: { ...identity(plugbay), label: "x", ...body } });
    const plain = await refusal({ module: "apps/greeters", name: "alice" });
    expect(plain).toMatchObject({ status: 409, code: "NOT_CONFIGURABLE" });
    expect(await refusal({ name: "nobody" })).toMatchObject({ status: 404, code: "UNKNOWN_PLUGIN" });
    const typeId = `${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}`;
    expect(await refusal({ typeId })).toMatchObject({ status: 404, code: "TYPE_NOT_FOUND" });
    const { id } = await home.item("alice");
    const copying = await panel.refusal("POST", `items/${id}/duplicate`, { body: { label: "x" } });
    expect(copying).toMatchObject({ status: 409, code: "NOT_CONFIGURABLE" });
    const keyless = new Panel(await home.open(plugins, { keys: "" }));
    const secret = { ...identity(plugbay), label: "x", config: { token: "t" } };
    expect(await keyless.refusal("POST", "items", { body: secret })).toMatchObject({
      ...{ status: 409, code: "NO_KEY", detail: expect.stringContaining("npx plugbay keys generate") },
    });
  });

  test("a schema that throws refuses, and one that does not answer is not waited for", async () => {
    const throwing = schemaOf(undefined, () => {
      throw new Error("out of order");
    });
    let isStuck = false;
    const stuck = schemaOf(undefined, ((value: unknown) =>
      isStuck ? new Promise(() => undefined) : { value }) as never);
    const plugbay = await home.open(
      [
        greeting,
        definePlugin(greeting, { ...bare, name: "throwing", config: throwing }),
        definePlugin(greeting, { ...bare, name: "stuck", config: stuck }),
      ],
      { prepareTimeoutMs: 20 },
    );
    isStuck = true;
    const panel = new Panel(plugbay);
    const body = { ...identity(plugbay), label: "x" };
    expect(await panel.refusal("POST", "items", { body: { ...body, name: "throwing" } })).toMatchObject(
      invalid(issue("", "its schema threw: out of order")),
    );
    expect(await panel.refusal("POST", "items", { body: { ...body, name: "stuck" } })).toMatchObject({
      ...{ status: 503, code: "SCHEMA_TIMEOUT", detail: expect.stringContaining('plugin "stuck"') },
    });
    expect((await home.rows()).revision).toBe(1);
  });

  test("of very many issues the first are told", async () => {
    const list = definePlugin(greeting, {
      ...{ ...bare, name: "list" },
      config: z.strictObject({ all: z.array(z.number()) }),
    });
    const plugbay = await home.open([greeting, list]);
    const config = { all: Array.from({ length: 50_000 }, () => "x") };
    const body = { ...identity(plugbay), name: "list", label: "x", config };
    const problem = await new Panel(plugbay).refusal("POST", "items", { body });
    expect(problem.issues).toHaveLength(20);
    expect(problem.issues?.[1]).toMatchObject({ path: "/all/1" });
    expect(problem.detail).toContain("and 49980 more");
  });

  test("panels hear of a new item", async () => {
    const plugbay = await home.open(plugins, { keys });
    const panel = new Panel(plugbay);
    const events = new EventReader(await panel.fetch("GET", "/admin/api/events"));
    await panel.ask("POST", "items", { ...identity(plugbay), label: "eu" });
    const change = await events.next("change");
    expect(change.data).toEqual({ revision: 2, typeIds: [typeIdOf(plugbay)] });
    await events.cancel();
  });

  test("the canary: a secret that is sent comes back nowhere", async () => {
    const canary = "canary-7f3d";
    const leaky = definePlugin(greeting, {
      ...{ ...bare, name: "leaky" },
      config: z.strictObject({
        token: z.string().refine((token) => token.length < 20, { error: ({ input }) => `${input} is long` }),
      }),
      secrets: ["token"],
      create: ({ config }) => {
        throw new Error(`401 for ${config.token}`);
      },
    });
    const plugbay = await home.open([plugins, leaky], { keys });
    const panel = new Panel(plugbay);
    const events = new EventReader(await panel.fetch("GET", "/admin/api/events"));
    const told: string[] = [];
    const ask = async (method: string, path: string, body?: unknown): Promise<ItemDetail> => {
      const response = await panel.fetch(method, `/admin/api/${path}`, body === undefined ? {} : { body });
      const text = await response.text();
      told.push(text);
      return JSON.parse(text);
    };
    const body = { ...identity(plugbay), label: "x" };
    const ofVault = await ask("POST", "items", { ...body, config: { host: "h", token: canary } });
    const ofLeaky = await ask("POST", "items", { ...body, name: "leaky", config: { token: canary } });
    expect(ofLeaky.readiness).toMatchObject({ kind: "failed", error: expect.stringContaining("[secret]") });
    await ask("POST", `items/${ofVault.id}/duplicate`, { label: "y", status: "active" });
    const longer = { token: `${canary}-${"x".repeat(20)}` };
    expect(await ask("PATCH", `items/${ofLeaky.id}`, { version: 1, config: longer })).toMatchObject({
      code: "INVALID_CONFIG",
    });
    await ask("PATCH", `items/${ofVault.id}`, { version: 1, config: { host: 7, token: canary } });
    await ask("PATCH", `items/${ofVault.id}`, { version: 1, config: { host: "i", token: `${canary}2` } });
    const { entries } = (await ask("GET", "history")) as unknown as HistoryList;
    await ask("POST", `history/${entries[0]?.id}/revert`);
    const typeId = typeIdOf(plugbay);
    const reads = ["types", `types/${typeId}`, `types/${typeId}/plugins`, "items", "processes", "history"];
    for (const path of [...reads, `items/${ofVault.id}`, `items/${ofLeaky.id}`, "openapi.json"]) {
      await ask("GET", path);
    }
    await plugbay.close();
    for (let block = await events.block(); block !== undefined; block = await events.block())
      told.push(block);
    expect(told.length).toBeGreaterThan(18);
    expect(told.filter((text) => text.includes(canary))).toEqual([]);
  });
});
