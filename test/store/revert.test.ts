import { randomBytes } from "node:crypto";
import {
  type AuditEntry,
  ConflictError,
  definePlugin,
  InvalidConfigError,
  type JsonValue,
  LabelTakenError,
  NotRevertibleError,
  type Plugbay,
  type PluginItem,
} from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { greeting } from "./definitions.ts";
import { onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const keys = key("one");
const identity = { type: greeting, module: "apps/vault", name: "vault" };

const schema = z.strictObject({
  host: z.string(),
  token: z.string().optional(),
  smtp: z.strictObject({ port: z.number(), password: z.string().optional() }).optional(),
});

/** Greets with what it was configured with. */
const vault = definePlugin(greeting, {
  ...{ module: "apps/vault", name: "vault" },
  config: schema,
  secrets: ["token", "smtp.password"],
  create: ({ config }) => ({ greet: () => JSON.stringify(config) }),
});

onEveryDatabase((home) => {
  const open = (options = {}) => home.open([greeting, vault], { keys, ...options });
  const add = (plugbay: Plugbay, label: string, config: JsonValue) =>
    plugbay.control.createItem({ ...identity, label, config }, by);
  const configure = (plugbay: Plugbay, { id }: PluginItem, config: JsonValue) =>
    plugbay.control.updateItem(id, { config }, by);
  const config = (plugbay: Plugbay, { id }: PluginItem) =>
    JSON.parse(plugbay.getById(greeting, id)?.greet() ?? "null");
  const latest = async (plugbay: Plugbay): Promise<AuditEntry> => {
    const [entry] = await plugbay.control.history({ limit: 1 });
    if (entry === undefined) throw new Error("the history is empty");
    return entry;
  };
  async function refused(plugbay: Plugbay, entry: AuditEntry, error: new (...args: never[]) => Error) {
    const before = await home.rows();
    const reverting = plugbay.control.revert(entry, by);
    await expect(reverting).rejects.toThrow(error);
    expect(await home.rows()).toEqual(before);
    return reverting.catch((reason: Error) => reason.message);
  }

  test("a config is reverted, as a change of its own that can be reverted too", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "old", smtp: { port: 25 } });
    await configure(plugbay, item, { host: "new" });
    const entry = await latest(plugbay);
    expect(plugbay.control.isRevertible(entry)).toBe(true);
    expect(await plugbay.control.revert(entry, { actor: "ann" })).toMatchObject({ changed: 1 });
    expect(config(plugbay, item)).toEqual({ host: "old", smtp: { port: 25 } });
    const undone = await latest(plugbay);
    expect(undone).toMatchObject({ action: "update", actor: "ann", after: entry.before });
    expect(plugbay.control.isRevertible(entry)).toBe(false);
    await plugbay.control.revert(undone, by);
    expect(config(plugbay, item)).toEqual({ host: "new" });
  });

  test("a label is reverted, unless another item has it by now", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "h" });
    await plugbay.control.updateItem(item.id, { label: "b", priority: 3 }, by);
    const entry = await latest(plugbay);
    await plugbay.control.revert(entry, by);
    expect(await plugbay.control.getItem(item.id)).toMatchObject({ label: "a", priority: 0 });
    await plugbay.control.revert(await latest(plugbay), by);
    await add(plugbay, "a", { host: "h" });
    await refused(plugbay, entry, LabelTakenError);
  });

  test("a secret that did not change is kept, and one that the change brought goes", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "old", token: "t" });
    await configure(plugbay, item, { host: "new", smtp: { port: 1, password: "p" } });
    expect(config(plugbay, item)).toEqual({ host: "new", token: "t", smtp: { port: 1, password: "p" } });
    await plugbay.control.revert(await latest(plugbay), by);
    expect(config(plugbay, item)).toEqual({ host: "old", token: "t" });

    const other = await add(plugbay, "b", { host: "h" });
    await configure(plugbay, other, { host: "h", token: "t2" });
    await plugbay.control.revert(await latest(plugbay), by);
    expect(config(plugbay, other)).toEqual({ host: "h" });
  });

  test("a secret that was replaced stays, the rest goes back", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "old", token: "t-old" });
    await configure(plugbay, item, { host: "new", token: "t-new" });
    const entry = await latest(plugbay);
    expect(plugbay.control.secretsKept(entry)).toEqual(["token"]);
    await plugbay.control.revert(entry, by);
    expect(config(plugbay, item)).toEqual({ host: "old", token: "t-new" });
  });

  test("where nothing but secrets was replaced, there is nothing to revert", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "h", token: "t-old" });
    await configure(plugbay, item, { host: "h", token: "t-new" });
    const entry = await latest(plugbay);
    expect(plugbay.control.isRevertible(entry)).toBe(false);
    expect(await refused(plugbay, entry, NotRevertibleError)).toContain("it replaced secrets");
    await plugbay.control.updateItem(item.id, { config: { host: "h", token: "t-3" }, status: "reserve" }, by);
    await plugbay.control.revert(await latest(plugbay), by);
    expect(await plugbay.control.getItem(item.id)).toMatchObject({ status: "active" });
    expect(config(plugbay, item)).toEqual({ host: "h", token: "t-3" });
  });

  test("a secret that is gone cannot be brought back, so such a change is not reverted", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "old", smtp: { port: 1, password: "p" } });
    await configure(plugbay, item, { host: "new" });
    const entry = await latest(plugbay);
    expect(plugbay.control.isRevertible(entry)).toBe(false);
    expect(await refused(plugbay, entry, NotRevertibleError)).toContain('the secret "smtp.password"');
  });

  test("a config that was changed again is left alone; a rotation of keys is no change of it", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "old", token: "t" });
    await configure(plugbay, item, { host: "new" });
    const entry = await latest(plugbay);
    const rotating = await open({ keys: `${key("two")},${keys}` });
    await rotating.control.rotateKeys(by);
    expect(rotating.control.isRevertible(await latest(rotating))).toBe(false);
    await rotating.control.revert(entry, by);
    expect(config(rotating, item)).toEqual({ host: "old", token: "t" });
    await rotating.control.revert(await latest(rotating), by);
    await configure(rotating, item, { host: "newer" });
    expect(rotating.control.isRevertible(entry)).toBe(false);
    expect(await refused(rotating, entry, ConflictError)).toContain("in its config");
  });

  test("the schema of today is asked", async () => {
    const plugbay = await open();
    const item = await add(plugbay, "a", { host: "old" });
    await configure(plugbay, item, { host: "new", smtp: { port: 1 } });
    const strict = definePlugin(greeting, {
      ...{ module: "apps/vault", name: "vault" },
      config: schema.required({ smtp: true }),
      create: () => ({ greet: () => "" }),
    });
    const later = await home.open([greeting, strict], { keys });
    expect(await refused(later, await latest(later), InvalidConfigError)).toContain("smtp");
  });

  test("a config of another version of the code is not brought back", async () => {
    const versioned = (version: number) =>
      definePlugin(greeting, {
        ...{ module: "apps/vault", name: "vault", version },
        config: z.looseObject({ host: z.string() }),
        migrateConfig: (old) => old as { host: string },
        create: () => ({ greet: () => "" }),
      });
    const plugbay = await home.open([greeting, versioned(2)]);
    const item = await add(plugbay, "a", { host: "2" });
    const later = await home.open([greeting, versioned(3)]);
    await configure(later, item, { host: "3" });
    const entry = await latest(later);
    expect(entry).toMatchObject({ before: { configVersion: 2 }, after: { configVersion: 3 } });
    expect(later.control.isRevertible(entry)).toBe(false);
    expect(await refused(later, entry, NotRevertibleError)).toContain("version 2 of the plugin's configs");
    await configure(later, item, { host: "3b" });
    await later.control.revert(await latest(later), by);
    expect((await home.item("vault")).config).toEqual({ host: "3" });
  });

  test("a config that is changed at the same moment is not overwritten", async () => {
    const plugbay = await open();
    const other = await open();
    const item = await add(plugbay, "a", { host: "old" });
    await configure(plugbay, item, { host: "new" });
    const entry = await latest(plugbay);
    const [reverted, changed] = await Promise.allSettled([
      plugbay.control.revert(entry, by),
      configure(other, item, { host: "other" }),
    ]);
    expect(changed.status).toBe("fulfilled");
    if (reverted.status === "rejected") expect(reverted.reason).toBeInstanceOf(ConflictError);
    expect((await home.item("vault")).config).toEqual({ host: "other" });
  });
});
