import { randomUUID } from "node:crypto";
import { type ChangeOptions, definePlugin, KeyReusedError, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const configured = definePlugin(greeting, {
  name: "configured",
  module: "apps/greeters",
  status: "disable",
  config: z.object({ text: z.string().default("hello"), token: z.string().optional() }),
  secrets: ["token"],
  create: ({ config }) => ({ greet: () => config.text }),
});
const identity = { type: greeting, module: "apps/greeters", name: "configured" };
const plugins = [greeting, alice, bob, carol, configured];
const by = { actor: "operator" };

interface Situation {
  readonly control: Plugbay["control"];
  readonly alice: string;
  readonly bob: string;
  /** Retired. */
  readonly carol: string;
  readonly configured: string;
}

type Change = (situation: Situation, by: ChangeOptions) => Promise<unknown>;

/** Everything that changes something and takes a key. */
const changes: Record<string, Change> = {
  createItem: ({ control }, asker) => control.createItem({ ...identity, label: "eu" }, asker),
  duplicateItem: ({ control, ...ids }, asker) =>
    control.duplicateItem(ids.configured, { label: "copy" }, asker),
  updateItem: ({ control, ...ids }, asker) => control.updateItem(ids.alice, { priority: 9 }, asker),
  "updateItem of a version": ({ control, ...ids }, asker) =>
    control.updateItem(ids.alice, { priority: 9 }, { ...asker, version: 1 }),
  "updateItem of a config": ({ control, ...ids }, asker) =>
    control.updateItem(ids.configured, { label: "new", config: { text: "hi", token: "t" } }, asker),
  updateItems: ({ control, ...ids }, asker) => control.updateItems([{ id: ids.bob, priority: 9 }], asker),
  bulk: ({ control, ...ids }, asker) => control.bulk([ids.alice, ids.bob], "raise", asker),
  "bulk by query": ({ control }, asker) => control.bulk({ query: { search: "ali" } }, "lower", asker),
  reorder: ({ control, ...ids }, asker) => control.reorder([ids.bob, ids.alice], asker),
  retire: ({ control, ...ids }, asker) => control.retire([ids.alice], asker),
  restore: ({ control, ...ids }, asker) => control.restore([ids.carol], asker),
  purge: async ({ control, ...ids }, asker) => {
    const { items, types } = await control.purge({ ...asker, ids: [ids.carol] });
    return { items: items.map(({ id, name, status }) => ({ id, name, status })), types };
  },
  revert: async ({ control, ...ids }, asker) => {
    const entries = await control.history({ entityId: ids.bob });
    const first = entries.findLast(({ action }) => action === "update");
    return first && control.revert(first, asker);
  },
  import: async ({ control }, asker) => {
    const { module, name } = identity;
    const types = [
      { manager: "apps/greeting", name: "greeting", items: [{ module, name, label: "imported" }] },
    ];
    const { counts, revision, changes: made } = await control.import({ plugbay: 1, types }, asker);
    return { counts, revision, made: made.map(({ action, after }) => [action, after?.name]) };
  },
  unmanage: ({ control, ...ids }, asker) => control.unmanage([ids.alice], asker),
  rotateKeys: async ({ control }, asker) => control.rotateKeys(asker),
};

onEveryDatabase((home) => {
  for (const [name, change] of Object.entries(changes)) {
    test(`${name}: repeated under its key, changes nothing and comes to the same`, async () => {
      const situation = await begin(home);
      const asker = { ...by, key: `the key of ${name}: ключ ' \\ "` };
      const first = await change(situation, asker);
      const rows = await home.rows();
      const other = { ...situation, control: (await open(home)).control };
      expect(await change(other, asker)).toEqual(first);
      expect(await change(situation, asker)).toEqual(first);
      expect(await home.rows()).toEqual(rows);
    });
  }

  test("a change that changed nothing is remembered, too", async () => {
    const { control, ...ids } = await begin(home);
    const asker = { ...by, key: randomUUID() };
    const { revision } = await home.rows();
    expect(await control.bulk([ids.alice], "activate", asker)).toEqual({ changed: 0, revision });
    await control.bulk([ids.alice], "disable", by);
    expect(await control.bulk([ids.alice], "activate", asker)).toEqual({ changed: 0, revision });
    expect(await home.item("alice")).toMatchObject({ status: "disable" });
  });

  test("of many that ask at once under one key, in several processes, one changes something", async () => {
    const { alice: id } = await begin(home);
    const processes = await Promise.all([open(home), open(home), open(home)]);
    const asker = { ...by, key: randomUUID() };
    const ask = ({ control }: Plugbay) => control.bulk([id], "raise", asker);
    const told = await Promise.all([...processes, ...processes].map(ask));
    expect(new Set(told.map(({ revision }) => revision)).size).toBe(1);
    expect(told.every(({ changed }) => changed === 1)).toBe(true);
    expect((await home.item("alice")).priority).toBe(0);
  });

  test("of many that change nothing at once under one key, all are told so", async () => {
    const { alice: id } = await begin(home);
    const processes = await Promise.all([open(home), open(home), open(home)]);
    const asker = { ...by, key: randomUUID() };
    const told = await Promise.all(processes.map(({ control }) => control.bulk([id], "activate", asker)));
    expect(told.map(({ changed }) => changed)).toEqual([0, 0, 0]);
  });

  test("a key of another change is refused, and nothing is changed", async () => {
    const { control, ...ids } = await begin(home);
    const asker = { ...by, key: "one" };
    await control.bulk([ids.alice], "raise", asker);
    const rows = await home.rows();
    for (const other of [
      () => control.bulk([ids.alice], "lower", asker),
      () => control.bulk([ids.bob], "raise", asker),
      () => control.updateItem(ids.alice, { priority: 9 }, asker),
      () => control.purge({ ...asker, olderThanMs: 0 }),
    ]) {
      const refusal = await other().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(KeyReusedError);
      expect(refusal).toMatchObject({ code: "KEY_REUSED", kind: "conflict", key: "one" });
    }
    expect(await home.rows()).toEqual(rows);
  });

  test("a call that was refused leaves its key free", async () => {
    const { control, ...ids } = await begin(home);
    const asker = { ...by, key: randomUUID() };
    await expect(
      control.updateItem(ids.alice, { priority: 9 }, { ...asker, version: 7 }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    await control.updateItem(ids.alice, { priority: 9 }, { ...asker, version: 1 });
    expect((await home.item("alice")).priority).toBe(9);
  });

  test("keys of different cases and accents are different ones", async () => {
    const { control, ...ids } = await begin(home);
    for (const key of ["key", "Key", "kéy", "ke\u0301y"]) {
      await control.bulk([ids.alice], "raise", { ...by, key });
    }
    expect((await home.item("alice")).priority).toBe(-3);
  });

  test.each(["", " a", "a\n", "\0", "a".repeat(201), "\ud800", 7, null])("no key: %j", async (key) => {
    const { control, ...ids } = await begin(home);
    const change = control.bulk([ids.alice], "raise", { ...by, key: key as string });
    await expect(change).rejects.toMatchObject({ code: "INVALID_OPTION", option: "key" });
  });

  test("a key in a transaction of the application is used when that commits, and else is free", async () => {
    const db = await home.kysely();
    const plugbay = await open(home, "create", db);
    const asker = { ...by, key: randomUUID() };
    const raise = (control: Pick<Plugbay["control"], "bulk">) =>
      control.bulk([idOf(plugbay, "alice")], "raise", asker);
    const rolledBack = db.transaction().execute(async (transaction) => {
      await raise(plugbay.control.in(transaction));
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    const first = await db.transaction().execute(async (transaction) => {
      const control = plugbay.control.in(transaction);
      const told = await raise(control);
      expect(await raise(control)).toEqual(told);
      return told;
    });
    expect(await raise(plugbay.control)).toEqual(first);
    expect(await db.transaction().execute((transaction) => raise(plugbay.control.in(transaction)))).toEqual(
      first,
    );
    expect((await home.item("alice")).priority).toBe(0);
  });
});

const secretKeys = generateKey().entry;

const open = (
  home: TestDatabase,
  sync: "create" | false = false,
  db?: Awaited<ReturnType<TestDatabase["kysely"]>>,
) => home.open(plugins, { keys: secretKeys, sync, ...(db && { database: db }) });

async function begin(home: TestDatabase): Promise<Situation> {
  const plugbay = await open(home, "create");
  const { control } = plugbay;
  const id = (name: string) => idOf(plugbay, name);
  await control.updateItem(id("bob"), { description: "changed" }, by);
  await control.retire([id("carol")], by);
  return {
    control,
    alice: id("alice"),
    bob: id("bob"),
    carol: id("carol"),
    configured: id("configured"),
  };
}
