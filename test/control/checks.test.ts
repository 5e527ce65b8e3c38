import { definePlugin, type JsonValue, type Plugbay } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { snapshotOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };

/** Says what it was checked with; a host called after a mishap has it. */
const smtp = definePlugin(otp, {
  module: "apps/mail",
  name: "smtp",
  version: 2,
  config: z.strictObject({
    host: z.string(),
    port: z.number().default(25),
    sender: z.string().optional(),
    relay: z.json().optional(),
    password: z.string().min(3),
  }),
  secrets: ["password"],
  migrateConfig: () => ({ host: "migrated", password: "from-before" }),
  create: ({ config }) => new Sender(config.host),
  check: async ({ config: { host, port, password }, signal }) => {
    if (host === "silent") return;
    if (host === "refusing") throw new Error(`535 ${password} (${encodeURIComponent(password)}) is wrong`);
    if (host === "throwing no error") throw `no: ${password}`;
    if (host === "deaf") return new Promise<undefined>(() => undefined);
    if (host === "slow") {
      return new Promise<string>((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason)),
      );
    }
    return `${host}:${port} takes a password of ${password.length}, ${password}`;
  },
});
const plain = senderPlugin("plain", { check: () => "it is there" });
const uncheckable = senderPlugin("uncheckable");
const unconfigured = { type: otp, module: "apps/channels" };
const unsaved = { type: otp, module: "apps/mail", name: "smtp" };

let bench: Workbench;
let plugbay: Plugbay;
let id: string;
beforeEach(async () => {
  bench = await Workbench.create();
  plugbay = await bench.open([otp, smtp, plain, uncheckable], { keys: generateKey().entry });
  const config = { host: "mail", password: "hunter&2" };
  ({ id } = await plugbay.control.createItem({ ...unsaved, label: "eu", config, status: "disable" }, alice));
});
const check = (config?: JsonValue) => plugbay.control.checkItem(id, config === undefined ? {} : { config });

describe("checking an item", () => {
  test("tries the stored config, and shows what the plugin says without its secrets", async () => {
    expect(await check()).toEqual({
      ok: true,
      message: "mail:25 takes a password of 8, [secret]",
      durationMs: 0,
    });
  });

  test("takes secrets that are not sent from the item, and others as they are sent", async () => {
    const { config } = itemOf(plugbay.items(otp), "smtp");
    const shown = (config as { password: JsonValue }).password;
    for (const password of [undefined, "", shown]) {
      const sent = { host: "mail", sender: "Shop", ...(password !== undefined && { password }) };
      expect(await check(sent)).toMatchObject({ message: "mail:25 takes a password of 8, [secret]" });
    }
    expect(await check({ host: "other", password: "brand new" })).toMatchObject({
      message: "other:25 takes a password of 9, [secret]",
    });
    await expect(check({ host: "other", password: null })).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  });

  test("says why it does not work, and tells no secret then either", async () => {
    expect(await check({ host: "refusing", password: "hunter&2" })).toEqual({
      ok: false,
      message: "535 [secret] ([secret]) is wrong",
      durationMs: 0,
    });
    expect(await check({ host: "throwing no error", password: "hunter&2" })).toMatchObject({
      ok: false,
      message: "no: [secret]",
    });
    expect(await check({ host: "silent", password: "hunter&2" })).toMatchObject({ ok: true, message: null });
  });

  test.each(["slow", "deaf"])(
    "is over after 10 seconds, or as many as are given, when it is %s",
    async (host) => {
      for (const timeoutMs of [undefined, 500]) {
        const limit = timeoutMs ?? 10_000;
        const config = { host, password: "hunter&2" };
        const checking = plugbay.control.checkItem(id, { config, ...(timeoutMs && { timeoutMs }) });
        let isOver = false;
        void checking.then(() => {
          isOver = true;
        });
        await settle();
        await bench.clock.advance(limit - 1);
        expect(isOver).toBe(false);
        await bench.clock.advance(1);
        expect(await checking).toEqual({
          ok: false,
          message: `no answer within ${limit} ms`,
          durationMs: limit,
        });
      }
    },
  );

  test("brings an old config forward first", async () => {
    await bench.edit(itemOf(plugbay.items(otp), "smtp"), { config: { old: true }, configVersion: 1 });
    expect(await check()).toMatchObject({ message: "migrated:25 takes a password of 11, [secret]" });
  });

  test("works for a plugin without a config, which then takes none", async () => {
    const item = itemOf(plugbay.items(otp), "plain");
    expect(await plugbay.control.checkItem(item.id)).toMatchObject({ ok: true, message: "it is there" });
    const sending = plugbay.control.checkItem(item.id, { config: {} });
    await expect(sending).rejects.toMatchObject({ code: "NOT_CONFIGURABLE" });
  });

  test("shows the check what serves by the stored config, and nothing for another config", async () => {
    const seen: unknown[] = [];
    const looking = definePlugin(otp, {
      module: "apps/mail",
      name: "looking",
      config: z.strictObject({ host: z.string() }),
      create: ({ config }) => new Sender(config.host),
      check: ({ instance }) => void seen.push(instance),
    });
    plugbay.registry.register(looking);
    const item = { type: otp, module: "apps/mail", name: "looking" };
    const config = { host: "mail" };
    const created = await plugbay.control.createItem({ ...item, label: "eu", config }, alice);
    await plugbay.control.checkItem(created.id);
    await plugbay.control.checkItem(created.id, { config: { host: "other" } });
    await plugbay.control.checkConfig({ ...item, config });
    expect(seen).toEqual([plugbay.getById(otp, created.id), undefined, undefined]);
    expect(seen[0]).toBeInstanceOf(Sender);
  });

  test("is possible while the database is away, and told by the log instead", async () => {
    const warnings = collectWarnings();
    bench.database.failure = new Error("gone");
    expect(await check({ host: "mail" })).toMatchObject({ ok: true });
    expect(warnings).toEqual([
      "somebody tries item apps/mail:smtp/eu with its stored secrets, as it is stored; the history cannot tell it",
    ]);
  });
});

describe("a stored secret is not sent elsewhere by a check", () => {
  const stored = {
    host: "mail",
    relay: { name: "eu", hosts: ["one.example"], template: "plain" },
  };
  beforeEach(async () => {
    const config = { ...stored, password: "hunter&2" };
    ({ id } = await plugbay.control.createItem(
      { ...unsaved, label: "relayed", config, status: "disable" },
      alice,
    ));
  });
  const relay = (change: object) => ({ ...stored, relay: { ...stored.relay, ...change } }) as JsonValue;

  test.each<[string, JsonValue, string]>([
    ["another host", { ...stored, host: "evil" }, "host"],
    ["another port of the host", { ...stored, port: 8025 }, "port"],
    ["an element of an array", relay({ hosts: ["evil"] }), "relay.hosts.0"],
    ["an element more", relay({ hosts: ["one.example", "evil"] }), "relay.hosts.1"],
    ["a field that becomes a URL", relay({ name: "https://evil.example" }), "relay.name"],
    ["a field that becomes a host without a dot", relay({ name: "localhost:80" }), "relay.name"],
    ["what ends a host in a template", relay({ name: "evil/" }), "relay.name"],
    ["a placeholder in a template", relay({ template: "{name}" }), "relay.template"],
    ["the user of a URL", relay({ name: "mail@evil" }), "relay.name"],
    ["dots that only a URL reads as such", relay({ name: "evil\u3002example" }), "relay.name"],
    ["an address as a key", relay({ "evil.example": true }), "relay.evil.example"],
    ["an address that is left out", { host: "mail" }, "relay.hosts.0"],
    ["a number as a host", relay({ baseUrl: 2130706433 }), "relay.baseUrl"],
  ])("by %s", async (_, config, field) => {
    const refused = {
      code: "INVALID_CONFIG",
      issues: [{ path: ["password"], message: expect.stringContaining(field) }],
    };
    const shown = (await plugbay.control.getItem(id)).config as { password: JsonValue };
    for (const password of [{}, { password: "" }, { password: shown.password }]) {
      await expect(check({ ...(config as object), ...password })).rejects.toMatchObject(refused);
    }
    expect(await check({ ...(config as object), password: "typed" })).toMatchObject({ ok: true });
  });

  test("while what is no address may differ", async () => {
    expect(await check({ ...(relay({ name: "us", retries: 3 }) as object), sender: "Shop" })).toMatchObject({
      message: "mail:25 takes a password of 8, [secret]",
    });
  });

  test("nor where another secret is entered that is an address itself", async () => {
    const two = definePlugin(otp, {
      module: "apps/mail",
      name: "two",
      config: z.strictObject({ webhook: z.string(), login: z.strictObject({ key: z.string() }) }),
      secrets: ["webhook", "login.key"],
      create: ({ config }) => new Sender(config.webhook),
      check: () => "sent",
    });
    plugbay.registry.register(two);
    const names = { type: otp, module: "apps/mail", name: "two" };
    const config = { webhook: "https://mail.example", login: { key: "hunter&2" } };
    ({ id } = await plugbay.control.createItem({ ...names, label: "eu", config }, alice));
    await expect(check({ webhook: "https://evil.example", login: {} })).rejects.toMatchObject({
      issues: [{ path: ["login", "key"], message: expect.not.stringContaining("evil.example") }],
    });
    expect(await check({ login: { key: "typed" } })).toMatchObject({ ok: true });
    expect(await check({ login: {} })).toMatchObject({ ok: true });
  });
});

describe("checking a config of no item", () => {
  test("tries it as it would be saved", async () => {
    const config = { host: "new", password: "hunter3" };
    expect(await plugbay.control.checkConfig({ ...unsaved, config })).toMatchObject({
      ok: true,
      message: "new:25 takes a password of 7, [secret]",
    });
    expect(await plugbay.control.checkConfig({ ...unconfigured, name: "plain" })).toMatchObject({ ok: true });
  });

  test("needs no key, for nothing is stored", async () => {
    const keyless = await bench.open([otp, smtp], { keys: "" });
    const config = { host: "new", password: "hunter3" };
    expect(await keyless.control.checkConfig({ ...unsaved, config })).toMatchObject({ ok: true });
  });

  test("lends it no secrets of items that are there", async () => {
    const checking = plugbay.control.checkConfig({ ...unsaved, config: { host: "new" } });
    await expect(checking).rejects.toMatchObject({
      code: "INVALID_CONFIG",
      issues: [{ path: ["password"] }],
    });
  });
});

test("checks write nothing", async () => {
  const { revision } = snapshotOf(plugbay);
  const entries = (await plugbay.control.history()).length;
  await check({ host: "other", password: "another" });
  await plugbay.control.checkConfig({ ...unsaved, config: { host: "new", password: "hunter3" } });
  await plugbay.refresh();
  expect([snapshotOf(plugbay).revision, (await plugbay.control.history()).length]).toEqual([
    revision,
    entries,
  ]);
});

describe("a check is refused", () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ["of a config that the schema refuses", () => check({ host: 5 }), "INVALID_CONFIG"],
    ["of what is no config", () => check([]), "INVALID_CONFIG"],
    ["of an unknown item", () => plugbay.control.checkItem("nobody"), "ITEM_NOT_FOUND"],
    [
      "of an unknown type",
      () => plugbay.control.checkConfig({ ...unsaved, type: { manager: "a", name: "b" } }),
      "UNKNOWN_TYPE",
    ],
    ["of an unknown plugin", () => plugbay.control.checkConfig({ ...unsaved, name: "x" }), "UNKNOWN_PLUGIN"],
    [
      "of a plugin without a check",
      () => plugbay.control.checkConfig({ ...unconfigured, name: "uncheckable" }),
      "NOT_CHECKABLE",
    ],
    ["with a limit of nothing", () => plugbay.control.checkItem(id, { timeoutMs: 0 }), "INVALID_OPTION"],
  ])("%s", async (_, checking, code) => {
    await expect(checking()).rejects.toMatchObject({ code });
  });

  test("to those who may not change the item: with a config of their own they would get its secrets", async () => {
    const other = { manager: "apps/otp", name: "other" };
    for (const rights of [{ access: "read" }, { access: "write", types: [other] }] as const) {
      const control = plugbay.control.limitedTo(rights);
      await expect(control.checkItem(id, { config: { host: "evil" } })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
      await expect(control.checkItem(id)).rejects.toMatchObject({ code: "FORBIDDEN" });
      const config = { host: "new", password: "hunter3" };
      await expect(control.checkConfig({ ...unsaved, config })).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});

describe("a check with stored secrets", () => {
  const traces = async () => {
    const entries = await plugbay.control.history({ entityId: id });
    return entries.filter(({ action }) => action === "check");
  };

  test("leaves an entry in the history: who, which item, and what was not as stored, but no value", async () => {
    const before = await plugbay.control.getItem(id);
    const draft = { host: "mail", sender: "the-desk", password: "" };
    await plugbay.control.checkItem(id, { config: draft }, { actor: "mallory" });
    await plugbay.control.checkItem(id, {}, { actor: "bob", source: "cli" });
    await plugbay.control.checkItem(id);
    const entries = await traces();
    expect(entries).toMatchObject([
      { actor: null, source: "api", before: {}, after: { differing: [] } },
      { actor: "bob", source: "cli", before: {}, after: { differing: [] } },
      { actor: "mallory", entityId: id, before: {}, after: { differing: ["sender"] } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/hunter|the-desk/);
    expect(entries.map((entry) => plugbay.control.isRevertible(entry))).toEqual([false, false, false]);
    const [latest] = entries;
    if (latest)
      await expect(plugbay.control.revert(latest, alice)).rejects.toMatchObject({ code: "INVALID_OPTION" });
    // Who has the item open meanwhile saves as if nothing had been.
    const after = await plugbay.control.getItem(id);
    expect(after).toMatchObject({ version: before.version, updatedAt: before.updatedAt });
    await plugbay.control.updateItem(id, { priority: 7 }, { ...alice, version: before.version });
  });

  test("is in the history before the secrets go anywhere", async () => {
    const told: number[] = [];
    const watchful = definePlugin(otp, {
      module: "apps/watchful",
      name: "watchful",
      config: z.object({ token: z.string() }),
      secrets: ["token"],
      create: () => new Sender("watchful"),
      check: async () => {
        const entries = await plugbay.control.history({ actor: "mallory" });
        told.push(entries.length);
      },
    });
    plugbay.registry.register(watchful);
    await plugbay.sync();
    const item = await plugbay.control.createItem(
      { plugin: watchful, label: "a", config: { token: "abcdef" } },
      alice,
    );
    await plugbay.control.checkItem(item.id, {}, { actor: "mallory" });
    expect(told).toEqual([1]);
  });

  test("shows no code of the plugin the stored secrets beside another address, its schema neither", async () => {
    const seen: unknown[] = [];
    const curious = definePlugin(otp, {
      module: "apps/curious",
      name: "curious",
      config: z.object({ host: z.string(), token: z.string() }).refine((config) => seen.push(config) > 0),
      secrets: ["token"],
      create: () => new Sender("curious"),
      check: () => undefined,
    });
    plugbay.registry.register(curious);
    await plugbay.sync();
    const config = { host: "mail", token: "abcdef" };
    const item = await plugbay.control.createItem({ plugin: curious, label: "a", config }, alice);
    seen.length = 0;
    const draft = { config: { host: "stranger", token: "" } };
    await expect(plugbay.control.checkItem(item.id, draft, alice)).rejects.toMatchObject({
      code: "INVALID_CONFIG",
    });
    expect(seen).toEqual([]);
  });

  test("leaves none where all secrets were sent, where there are none, and where it is refused", async () => {
    await check({ host: "other.example.com", password: "typed-anew" });
    await expect(check({ host: "other.example.com" })).rejects.toMatchObject({ code: "INVALID_CONFIG" });
    await plugbay.control.checkItem(itemOf(plugbay.items(otp), "plain").id);
    expect(await traces()).toEqual([]);
    expect((await plugbay.control.history()).filter(({ action }) => action === "check")).toEqual([]);
  });
});

describe("a plugin that says which of its fields are addresses", () => {
  const config = z.object({
    region: z.string(),
    relay: z.object({ host: z.string(), port: z.number() }).optional(),
    callbackUrl: z.string().optional(),
    token: z.string(),
  });
  const listing = (addresses: readonly ("region" | "relay.host" | "relay.port")[]) =>
    definePlugin(otp, {
      module: "apps/regional",
      name: "regional",
      config,
      secrets: ["token"],
      addresses,
      create: () => new Sender("regional"),
      check: () => undefined,
    });
  const stored = { region: "eu", relay: { host: "relay", port: 25 }, token: "abcdef" };
  const trying = async (plugin: ReturnType<typeof listing>, changes: object) => {
    plugbay.registry.register(plugin);
    await plugbay.sync();
    const item = await plugbay.control.createItem({ plugin, label: "a", config: stored }, alice);
    const sent = { ...stored, token: "", ...changes };
    return plugbay.control.checkItem(item.id, { config: sent }, alice).then(
      ({ ok }) => ok,
      ({ issues }: { issues: readonly { path: readonly string[] }[] }) => issues[0]?.path.join("."),
    );
  };

  test.each([
    ["one of them", { region: "us" }, "token"],
    ["the object around one", { relay: { host: "stranger", port: 25 } }, "token"],
    ["one that is gone", { relay: undefined }, "token"],
    ["another field, whatever it looks like", { callbackUrl: "https://example.com" }, true],
    ["another field of the same object", { relay: { host: "relay", port: 26 } }, true],
  ])("wants its secrets again for %s", async (_, changes, outcome) => {
    expect(await trying(listing(["region", "relay.host"]), changes)).toBe(outcome);
  });

  test("wants them never where it lists none", async () => {
    expect(await trying(listing([]), { region: "https://example.com/", relay: undefined })).toBe(true);
  });

  test("is refused where it lists what is no field", () => {
    expect(() => listing(["relay." as "region"])).toThrow(
      'plugin "regional" of module "apps/regional" has "relay." in "addresses"; write "url" or "smtp.host"',
    );
    expect(() =>
      definePlugin(otp, {
        module: "apps/regional",
        name: "plain",
        addresses: ["host"] as never,
        create: () => new Sender("plain"),
      }),
    ).toThrow('has "addresses", but no "config" schema');
  });
});
