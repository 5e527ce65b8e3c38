import { definePlugin, type JsonValue, type Plugbay } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { CheckRequest, CheckResult, ItemDetail } from "../../src/admin/contract/contract.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { idOf } from "../store/test-database.ts";
import { alice, greeting, parting } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

let answer: () => void;
let slow: Promise<void>;

const http = definePlugin(greeting, {
  module: "apps/http",
  name: "http",
  config: z.strictObject({ url: z.string(), token: z.string(), region: z.string().optional() }),
  secrets: ["token"],
  create: () => ({ greet: () => "http" }),
  check: async ({ config: { url, token } }) => {
    if (url === "slow") await slow;
    if (url === "down") throw new Error(`${url} does not take ${token}`);
    return `${url} takes a token of ${token.length}`;
  },
});
const unchecked = definePlugin(parting, {
  module: "apps/http",
  name: "http",
  create: () => ({ greet: () => "bye" }),
});

onSqlite((home) => {
  let plugbay: Plugbay;
  let panel: Panel;
  let itemId: string;
  beforeEach(async () => {
    plugbay = await home.open([greeting, alice, http, parting, unchecked], { keys: generateKey().entry });
    panel = new Panel(plugbay);
    const item = { type: greeting, module: "apps/http", name: "http", label: "eu" };
    const config = { url: "up", token: "s3cr3t" };
    ({ id: itemId } = await plugbay.control.createItem({ ...item, config }, { actor: "olga" }));
  });

  const address = (type = greeting) => {
    const found = snapshotOf(plugbay).byIdentity.get(type.manager, type.name);
    return `types/${found?.row.id}/check`;
  };
  const uncheckedId = () => plugbay.items(parting)[0]?.id;
  const check = (request: Partial<CheckRequest>): Promise<CheckResult> =>
    panel.ask("POST", address(), { module: "apps/http", name: "http", ...request });
  const refusal = (request: Partial<CheckRequest>, type = greeting) => {
    const body = { module: "apps/http", name: "http", ...request };
    return panel.refusal("POST", address(type), { body });
  };

  test("a caller has four checks at once, and another as soon as one is done", async () => {
    slow = new Promise((resolve) => {
      answer = resolve;
    });
    const body = { module: "apps/http", name: "http", config: { url: "slow", token: "12345" } };
    const begin = () => panel.fetch("POST", `/admin/api/${address()}`, { body });
    const five = Array.from({ length: 5 }, begin);
    const refused = await Promise.any(five);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({ status: 429, code: "TOO_MANY_CHECKS" });
    answer();
    expect((await Promise.all(five)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429]);
    expect((await begin()).status).toBe(200);
  });

  test("a config is tried before there is an item", async () => {
    expect(await check({ config: { url: "new", token: "12345" } })).toEqual({
      ok: true,
      message: "new takes a token of 5",
      durationMs: expect.any(Number),
    });
  });

  test("an item is tried as it is, or with a config that is not saved", async () => {
    expect(await check({ itemId })).toMatchObject({ ok: true, message: "up takes a token of 6" });
    const { config } = await panel.ask<ItemDetail>("GET", `items/${itemId}`);
    const tokens: (JsonValue | undefined)[] = [undefined, "", (config as { token: JsonValue }).token];
    for (const token of tokens) {
      const sent = { url: "up", region: "eu", ...(token !== undefined && { token }) };
      expect(await check({ itemId, config: sent })).toMatchObject({ message: "up takes a token of 6" });
    }
    const sent = { url: "new", token: "12345" };
    expect(await check({ itemId, config: sent })).toMatchObject({ message: "new takes a token of 5" });
  });

  test("what does not work is an answer, without secrets, and no refusal", async () => {
    expect(await check({ itemId, config: { url: "down", token: "s3cr3t" } })).toMatchObject({
      ok: false,
      message: "down does not take [secret]",
    });
  });

  test("a plugin without a config is tried as well", async () => {
    const request = { module: "apps/greeters", name: "alice" };
    expect(await check(request)).toMatchObject({ ok: true, message: "at home" });
    expect(await check({ ...request, itemId: idOf(plugbay, "alice") })).toMatchObject({ ok: true });
  });

  test("an item says whether it can be tried, with a config or without", async () => {
    const [withConfig, without, unable] = await Promise.all(
      [itemId, idOf(plugbay, "alice"), uncheckedId()].map((id) =>
        panel.ask<ItemDetail>("GET", `items/${id}`),
      ),
    );
    expect(withConfig).toMatchObject({ checkable: true, plugin: { checkable: true } });
    expect(without).toMatchObject({ checkable: true, plugin: null });
    expect(unable).toMatchObject({ checkable: false, plugin: null });
  });

  describe("a request is refused", () => {
    test.each<[string, () => Promise<unknown>, object]>([
      [
        "for a config that the schema refuses",
        () => refusal({ config: { url: 1, token: "t" } }),
        { status: 400, code: "INVALID_CONFIG" },
      ],
      [
        "for another address with the stored secret, at the secret's field",
        () => refusal({ itemId, config: { url: "new" } }),
        { status: 400, code: "INVALID_CONFIG", issues: [{ path: "/token" }] },
      ],
      [
        "for an item of another plugin",
        () => refusal({ itemId: idOf(plugbay, "alice") }),
        { status: 400, code: "INVALID_INPUT", issues: [{ path: "/itemId" }] },
      ],
      [
        "for an item of another type",
        () => refusal({ itemId }, parting),
        { status: 400, code: "INVALID_INPUT" },
      ],
      [
        "for an item that there is not",
        () => refusal({ itemId: "01980a5e-9c1b-7005-8a51-3f0de0a2b6c4" }),
        { status: 404, code: "ITEM_NOT_FOUND" },
      ],
      ["for an unknown plugin", () => refusal({ name: "ftp" }), { status: 404, code: "UNKNOWN_PLUGIN" }],
      ["for a plugin without a check", () => refusal({}, parting), { status: 409, code: "NOT_CHECKABLE" }],
      [
        "with a config for a plugin that takes none",
        () => refusal({ module: "apps/greeters", name: "alice", config: {} }),
        { status: 409, code: "NOT_CONFIGURABLE" },
      ],
      [
        "with an unknown field",
        () => refusal({ host: "x" } as never),
        { status: 400, code: "INVALID_INPUT" },
      ],
    ])("%s", async (_, ask, expected) => {
      expect(await ask()).toMatchObject(expected);
    });
  });

  test("nobody learns of a stored secret who may not change the item", async () => {
    const body = { module: "apps/http", name: "http", itemId, config: { url: "evil" } };
    for (const rights of [{ access: "read" }, { access: "write", types: [parting] }] as const) {
      const reader = new Panel(plugbay, { authorize: () => ({ actor: "rita", ...rights }) });
      expect(await reader.refusal("POST", address(), { body })).toMatchObject({
        status: 403,
        code: "FORBIDDEN",
      });
    }
  });
});
