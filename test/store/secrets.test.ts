import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  definePlugin,
  InvalidConfigError,
  type JsonValue,
  NoKeyError,
  type OpenOptions,
  type Plugbay,
  type PluginItem,
} from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { snapshotOf } from "../../src/open/facade.ts";
import { alice, greeting } from "./definitions.ts";
import { onEveryDatabase, type TestDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const [one, two] = [key("one"), key("two")];
const set = { secret: "set", at: expect.any(String), fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) };

/** Greets with its secrets, so that it shows which ones it got. */
const vault = definePlugin(greeting, {
  module: "apps/vault",
  name: "vault",
  config: z.strictObject({
    host: z.string(),
    token: z.string(),
    smtp: z.strictObject({ password: z.string().meta({ format: "password" }) }).optional(),
    note: z.string().meta({ "x-plugbay-secret": true }).optional(),
  }),
  secrets: ["token"],
  create: ({ config }) => ({ greet: () => [config.token, config.smtp?.password, config.note].join("|") }),
});
const plugins = [greeting, vault];
const identity = { type: greeting, module: "apps/vault", name: "vault" };

onEveryDatabase((home) => {
  const open = (keys = one, options: Partial<OpenOptions> = {}) => home.open(plugins, { keys, ...options });
  const add = (plugbay: Plugbay, label: string, config: JsonValue) =>
    plugbay.control.createItem({ ...identity, label, config }, by);
  const greet = (plugbay: Plugbay, id: string) => plugbay.getById(greeting, id)?.greet();
  const failure = (plugbay: Plugbay, id: string) =>
    plugbay.explain(greeting).find(({ item }) => item.id === id)?.error?.message;

  test("create gets secrets in clear; everybody else sees that they are set", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "h", token: "t-1", smtp: { password: "p-1" }, note: "n-1" });
    expect(greet(plugbay, item.id)).toBe("t-1|p-1|n-1");
    const shown = { host: "h", token: set, smtp: { password: set }, note: set };
    expect(item.config).toEqual(shown);
    expect(plugbay.items(greeting)[0]?.config).toEqual(shown);
    expect((await plugbay.control.list()).items[0]?.config).toEqual(shown);
    expect((await plugbay.control.history({ limit: 1 }))[0]?.after?.config).toEqual(shown);
    const other = await open(`${two},${one}`);
    expect(greet(other, item.id)).toBe("t-1|p-1|n-1");
  });

  test("a secret that is left out, blank or handed back as shown is kept; null removes it", async () => {
    const plugbay = await open();
    const { id, config } = await add(plugbay, "a", {
      host: "h",
      token: "t",
      smtp: { password: "p" },
      note: "n",
    });
    const update = async (patch: JsonValue) => {
      await plugbay.control.updateItem(id, { config: patch }, by);
      return greet(plugbay, id);
    };
    const instance = plugbay.getById(greeting, id);
    expect(await update(config)).toBe("t|p|n");
    expect(await update({ host: "h", token: "", smtp: {} })).toBe("t|p|n");
    expect(plugbay.getById(greeting, id)).toBe(instance);
    expect((await home.item("vault")).version).toBe(1);
    expect(await update({ host: "other" })).toBe("t||n");
    expect(await update({ host: "other", token: "t2", smtp: { password: "p2" }, note: null })).toBe("t2|p2|");
    await expect(update({ host: "other", token: null })).rejects.toThrow(InvalidConfigError);
    await expect(update({ host: "other", token: { secret: "x" } })).rejects.toThrow(InvalidConfigError);
    expect(greet(plugbay, id)).toBe("t2|p2|");
  });

  test("a copy has the secrets too, encrypted for itself", async () => {
    const plugbay = await open();
    const { id } = await add(plugbay, "a", { host: "h", token: "t" });
    const copy = await plugbay.control.duplicateItem(id, { label: "b", status: "active" }, by);
    expect(greet(plugbay, copy.id)).toBe("t||");
    await plugbay.control.purge({ ...by, ids: await retired(plugbay, id) });
    expect(greet(await open(), copy.id)).toBe("t||");
  });

  test("without a key a secret is not saved, and the refusal has the command that makes one", async () => {
    const plugbay = await open("");
    const before = await home.rows();
    const adding = add(plugbay, "a", { host: "h", token: "t" });
    await expect(adding).rejects.toThrow(NoKeyError);
    await expect(adding).rejects.toThrow(/npx plugbay keys generate/);
    expect(await home.rows()).toEqual(before);
    await expect(plugbay.control.rotateKeys(by)).rejects.toThrow(NoKeyError);
  });

  test("a secret that cannot be read makes its item failed, alone and clearly", async () => {
    const plugbay = await open();
    const secretsOf = (label: string) =>
      add(plugbay, label, { host: "h", token: `t-${label}`, smtp: { password: `p-${label}` } });
    const [a, b, c] = [await secretsOf("a"), await secretsOf("b"), await secretsOf("c")];
    const [d, e] = [await secretsOf("d"), await secretsOf("e")];
    const stored = await stash(home, plugbay);
    const [ofA, ofB, ofC, ofD] = [a, b, c, d].map(({ id }) => stored.config(id)) as [
      Stored,
      Stored,
      Stored,
      Stored,
    ];
    await stored.put(a.id, { ...ofA, token: { ...ofA.token, $secret: ofA.token.$secret.slice(0, -6) } });
    await stored.put(b.id, { ...ofB, token: ofA.token });
    await stored.put(c.id, { ...ofC, token: ofC.smtp.password });
    await stored.put(d.id, {
      ...ofD,
      token: { ...ofD.token, $secret: ofD.token.$secret.replace("v1.one", "v1.gone") },
    });
    const later = await open();
    for (const { id } of [a, b, c, d]) {
      expect(greet(later, id)).toBeUndefined();
      expect(failure(later, id)).toMatch(/is misconfigured: token: the secret .*enter it again/);
    }
    expect(failure(later, d.id)).toContain('the key "gone"');
    expect(greet(later, e.id)).toBe("t-e|p-e|");
    expect((await later.control.checkKeys()).unreadable.map(({ itemId }) => itemId).sort()).toEqual(
      [a, b, c, d].map(({ id }) => id).sort(),
    );
    // Another field can be changed only once the secret is entered again.
    const blank = { host: "h2", token: "", smtp: {} };
    await expect(later.control.updateItem(a.id, { config: blank }, by)).rejects.toThrow(InvalidConfigError);
    await later.control.updateItem(a.id, { config: { ...blank, token: "t-new" } }, by);
    expect(greet(later, a.id)).toBe("t-new|p-a|");

    const without = await open(two);
    expect(greet(without, e.id)).toBeUndefined();
    expect(failure(without, e.id)).toContain('the key "one", which PLUGBAY_KEYS lacks');
  });

  test("what a plugin throws in use is told without its secrets", async () => {
    const plugbay = await open();
    await add(plugbay, "a", { host: "h", token: "t-in-use" });
    const run = plugbay.run(greeting, (greeter) => {
      throw new Error(`401 for ${greeter.greet()}`);
    });
    await expect(run).rejects.toMatchObject({ message: expect.stringContaining("401 for [secret]") });
    await expect(run).rejects.toSatisfy((error) => !inspect(error, { depth: 9 }).includes("t-in-use"));
  });

  test("an error that is rejected is the caller's own, as it was thrown", async () => {
    const plugbay = await open();
    await add(plugbay, "a", { host: "h", token: "t-in-use" });
    const thrown = new RangeError("no credit for t-in-use");
    const classify = (error: unknown) => (error === thrown ? "rejected" : undefined);
    const run = plugbay.run(
      greeting,
      () => {
        throw thrown;
      },
      { classify },
    );
    await expect(run).rejects.toBe(thrown);
    expect(thrown.message).toBe("no credit for t-in-use");
  });

  test("nobody brings in a ciphertext of their own", async () => {
    const plugbay = await open();
    const forged = { $secret: "v1.one.AAAA.AAAA", at: "", fingerprint: "" };
    await expect(add(plugbay, "a", { host: "h", token: forged })).rejects.toThrow(InvalidConfigError);
  });

  test("a rotation changes keys and nothing else: instances stay, and the old key can go", async () => {
    const plugbay = await open();
    const items: PluginItem[] = [];
    for (const label of ["a", "b", "c"]) {
      items.push(await add(plugbay, label, { host: "h", token: `t-${label}` }));
    }
    const rotating = await open(`${two},${one}`);
    const instances = rotating.getAll(greeting);
    const progress: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => progress.push(done, total);
    expect(await rotating.control.rotateKeys({ ...by, batchSize: 2, onProgress })).toEqual({
      ...{ done: 3, total: 3, unreadable: [] },
    });
    expect(progress).toEqual([2, 3, 3, 3]);
    expect(rotating.getAll(greeting)).toHaveLength(3);
    for (const [index, instance] of rotating.getAll(greeting).entries())
      expect(instance).toBe(instances[index]);
    expect((await rotating.control.checkKeys()).keys).toEqual([
      { id: "two", use: "current", items: 3 },
      { id: "one", use: "old", items: 0 },
    ]);
    expect(await rotating.control.rotateKeys(by)).toMatchObject({ done: 0, total: 0 });

    // The process that lacks the new key serves on with what it has.
    await plugbay.refresh();
    expect(items.map(({ id }) => greet(plugbay, id))).toEqual(["t-a||", "t-b||", "t-c||"]);
    const after = await open(two);
    expect(items.map(({ id }) => greet(after, id))).toEqual(["t-a||", "t-b||", "t-c||"]);
    await after.control.updateItem(items[0]?.id ?? "", { config: { host: "h", token: "t-new" } }, by);
    await rotating.refresh();
    expect(greet(rotating, items[0]?.id ?? "")).toBe("t-new||");
  });

  test("a field that was no secret before is one now: check tells, and a rotation encrypts it", async () => {
    const open0 = definePlugin(greeting, {
      ...{ module: "apps/vault", name: "vault" },
      config: z.strictObject({ host: z.string(), token: z.string() }),
      create: () => ({ greet: () => "" }),
    });
    const before = await home.open([greeting, open0], { keys: one });
    const { id } = await add(before, "a", { host: "h", token: "t" });
    const plugbay = await open();
    expect(greet(plugbay, id)).toBe("t||");
    expect(plugbay.items(greeting)[0]?.config).toMatchObject({ token: { secret: "set" } });
    expect((await plugbay.control.checkKeys()).inClear).toMatchObject([{ itemId: id, field: "token" }]);
    await plugbay.control.rotateKeys(by);
    const [rotation] = await plugbay.control.history({ limit: 1 });
    expect(rotation?.before?.config).toMatchObject({ token: { secret: "set" } });
    expect(plugbay.items(greeting)[0]?.config).toEqual({ host: "h", token: set });
    expect(greet(plugbay, id)).toBe("t||");
  });

  test("secrets come along when a config is brought forward to another form", async () => {
    const before = await open();
    const { id } = await add(before, "a", { host: "h", token: "t" });
    const next = definePlugin(greeting, {
      ...{ module: "apps/vault", name: "vault", version: 2 },
      config: z.strictObject({ auth: z.strictObject({ key: z.string() }), host: z.string().optional() }),
      secrets: ["auth.key"],
      migrateConfig: (config) => ({ auth: { key: (config as { token: string }).token } }),
      create: ({ config }) => ({ greet: () => config.auth.key }),
    });
    const after = await home.open([greeting, next], { keys: one });
    expect(greet(after, id)).toBe("t");
    await after.control.updateItem(id, { config: { auth: {}, host: "x" } }, by);
    expect(after.items(greeting)[0]).toMatchObject({
      configVersion: 2,
      config: { auth: { key: set }, host: "x" },
    });
    expect(greet(await home.open([greeting, next], { keys: one }), id)).toBe("t");
  });

  test("the canary: what is planted as a secret comes out nowhere", async () => {
    const canaries = Array.from(
      { length: 4 },
      (_, index) => `canary-${index}-${randomBytes(9).toString("hex")}`,
    );
    const [token, password, replaced, refused] = canaries as [string, string, string, string];
    const folder = await mkdtemp(join(tmpdir(), "plugbay-canary-"));
    home.afterwards(() => rm(folder, { recursive: true, force: true }));
    const emitted: unknown[] = [];
    const warn = (warning: Error) =>
      void emitted.push(warning, warning.stack, (warning as { detail?: unknown }).detail);
    process.on("warning", warn);
    home.afterwards(async () => process.off("warning", warn));

    let isTalkative = false;
    const talkative = definePlugin(greeting, {
      ...{ module: "apps/vault", name: "vault" },
      config: z.strictObject({
        host: z.string(),
        token: z
          .string()
          .refine((value) => value !== refused, { error: ({ input }) => `${input} is no good` }),
        password: z.string(),
      }),
      secrets: ["token", "password"],
      create: ({ config, item }) => {
        emitted.push(item);
        if (isTalkative) throw new Error(`cannot log in with ${config.password}`, { cause: { config } });
        return { greet: () => config.token };
      },
      dispose: (instance) => {
        throw new Error(`cannot log out: ${instance.greet()}`);
      },
    });
    const file = join(folder, "snapshot.json");
    const plugbay = await home.open([greeting, alice, talkative], { keys: one, bootstrap: { file } });
    for (const name of ["change", "readiness", "stale", "live"] as const) {
      plugbay.on(name, (event: unknown) => void emitted.push(event));
    }
    const attempt = (work: Promise<unknown>) =>
      work.then((value) => emitted.push(value)).catch((error) => emitted.push(error));
    const { id } = await add(plugbay, "a", { host: "h", token, password });
    await attempt(plugbay.control.updateItem(id, { config: { host: "h", token: replaced } }, by));
    await attempt(plugbay.control.updateItem(id, { config: { host: "h", token: refused } }, by));
    await attempt(plugbay.control.updateItem(id, { config: { host: 5, token: refused } }, by));
    await attempt(plugbay.control.duplicateItem(id, { label: "b", status: "active" }, by));
    await attempt(plugbay.control.updateItem(id, { priority: 3 }, { ...by, version: 1 }));
    isTalkative = true;
    await attempt(plugbay.control.updateItem(id, { config: { host: "h2" } }, by));
    await attempt(plugbay.control.list());
    await attempt(plugbay.control.history({ limit: 1_000 }));
    await attempt(plugbay.control.explainItem(id));
    await attempt(plugbay.control.checkKeys());
    await attempt(plugbay.planSync({ mode: "update", prune: true }));
    emitted.push(plugbay.explain(greeting), plugbay.items(greeting), snapshotOf(plugbay));
    expect(
      plugbay.explain(greeting).some(({ error }) => error?.message.includes("cannot log in with [secret]")),
    ).toBe(true);
    await plugbay.close();
    emitted.push(await home.rows());

    const db = await home.kysely();
    for (const table of ["item", "type", "audit", "process"] as const) {
      emitted.push(await db.selectFrom(`plugbay_${table}`).selectAll().execute());
    }
    const text = inspect(emitted, {
      depth: 20,
      maxArrayLength: null,
      maxStringLength: null,
      showHidden: true,
    });
    const snapshot = await readFile(file, "utf8");
    const json = JSON.stringify(emitted);
    const files: string[] = [];
    for (const name of await readdir(folder)) files.push(await readFile(join(folder, name), "latin1"));
    // The net would catch one: what is no secret is there.
    for (const haystack of [text, json, snapshot]) expect(haystack).toContain("apps/vault");
    for (const canary of canaries) {
      for (const haystack of [text, json, snapshot, ...files]) {
        expect(haystack.includes(canary)).toBe(false);
        expect(haystack.includes(Buffer.from(canary).toString("base64").slice(0, 20))).toBe(false);
      }
    }
    isTalkative = false;
    const again = await home.open([greeting, alice, talkative], { keys: one });
    expect(greet(again, id)).toBe(replaced);
  });
});

interface Stored {
  readonly host: string;
  readonly token: { readonly $secret: string };
  readonly smtp: { readonly password: { readonly $secret: string } };
}

/** The configs as they are stored, and a way to edit them by hand. */
async function stash(home: TestDatabase, plugbay: Plugbay) {
  const db = await home.kysely();
  const rows = await db
    .selectFrom("plugbay_item")
    .selectAll()
    .where("namespace", "=", plugbay.namespace)
    .execute();
  return {
    config: (id: string): Stored => JSON.parse(rows.find((row) => row.id === id)?.config ?? "null"),
    put: (id: string, config: unknown) =>
      db
        .updateTable("plugbay_item")
        .set({ config: JSON.stringify(config) })
        .where("id", "=", id)
        .execute(),
  };
}

async function retired(plugbay: Plugbay, id: string): Promise<string[]> {
  await plugbay.control.retire([id], by);
  return [id];
}
