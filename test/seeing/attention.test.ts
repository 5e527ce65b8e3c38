import { definePlugin, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { openStore } from "../../src/open/open-plugbay.ts";
import { migrationNames } from "../../src/store/migrations/migrations.ts";
import { BreakableDatabase } from "../runtime/breakable-database.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { alice, bob, greeting } from "../store/definitions.ts";
import { onEveryDatabase } from "../store/test-database.ts";

const by = { actor: "alice" };
const key = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString("base64")}`;
const [one, two] = [key("one", 1), key("two", 2)];

const vault = definePlugin(greeting, {
  ...{ module: "apps/vault", name: "vault", secrets: ["token"] },
  config: z.strictObject({ token: z.string() }),
  create: ({ config }) => ({ greet: () => config.token }),
});

const codesOf = async (plugbay: Plugbay) =>
  (await plugbay.attention()).map(({ code, gravity }) => `${gravity} ${code}`);

onEveryDatabase((home) => {
  const open = (options: Partial<OpenOptions> = {}) => home.open([greeting, vault], options);

  async function withSecrets(): Promise<void> {
    const plugbay = await open({ keys: one });
    for (const label of ["a", "b"])
      await plugbay.control.createItem(
        { ...{ type: greeting, module: "apps/vault", name: "vault" }, label, config: { token: label } },
        by,
      );
    expect(await plugbay.attention()).toEqual([]);
    await plugbay.close();
  }

  test("secrets under an old key are told of until they are encrypted anew", async () => {
    await withSecrets();
    const plugbay = await open({ keys: `${two},${one}` });
    expect(await plugbay.attention()).toMatchObject([
      {
        ...{ code: "key-old", gravity: "info", details: { keyId: "one", count: 2 }, times: 1 },
        mend: { code: "rotate-keys", command: "npx plugbay keys rotate" },
        since: expect.stringMatching(/Z$/),
      },
    ]);
    await plugbay.control.rotateKeys(by);
    expect(await plugbay.attention()).toEqual([]);
    const after = await open({ keys: two });
    expect(await after.attention()).toEqual([]);
  });

  test("secrets under a key that is lost are critical until the key is back", async () => {
    collectWarnings();
    await withSecrets();
    const without = await open({ keys: two });
    expect(await without.attention()).toMatchObject([
      {
        ...{ code: "key-lost", gravity: "critical", details: { keyId: "one", count: 2 } },
        message: "2 items have secrets under the key one, which is not among the keys",
        mend: { code: "add-key", command: "npx plugbay keys check" },
      },
    ]);
    const again = await open({ keys: `${two},${one}` });
    expect(await codesOf(again)).toEqual(["info key-old"]);
    await again.control.rotateKeys(by);
    expect(await without.attention()).toEqual([]);
  });

  test("a plugin that no process has is told of until one that has it runs, or its item is not in use", async () => {
    collectWarnings();
    await (await home.open([greeting, alice, bob])).close();
    const lacking = await home.open([greeting, alice], { sync: false, heartbeatMs: 15_000 });
    const missing = {
      ...{ code: "item-missing", gravity: "warning", item: { name: "bob" }, details: { count: 1 } },
      mend: { code: "register-plugins" },
    };
    await expect
      .poll(() => lacking.attention())
      .toMatchObject([{ ...missing, where: { processes: 1, of: 1 } }]);
    const other = await home.open([greeting, alice], { sync: false, heartbeatMs: 15_000 });
    await expect
      .poll(() => other.attention())
      .toMatchObject([{ ...missing, where: { processes: 2, of: 2 } }]);

    await Promise.all([lacking.close(), other.close()]);
    const whole = await home.open([greeting, alice, bob], { heartbeatMs: 15_000 });
    await expect.poll(() => whole.control.processes()).toHaveLength(1);
    expect(await whole.attention()).toEqual([]);

    await whole.close();
    const last = await home.open([greeting, alice], { sync: false, heartbeatMs: 15_000 });
    await expect.poll(() => codesOf(last)).toEqual(["warning item-missing"]);
    const id = (await last.control.list()).items.find(({ name }) => name === "bob")?.id ?? "";
    await last.control.updateItem(id, { status: "disable" }, by);
    expect(await last.attention()).toEqual([]);
  });
});

test("migrations that are not made are critical until they are made", async () => {
  collectWarnings();
  const database = await BreakableDatabase.open();
  onTestFinished(() => database.db.destroy());
  database.failure = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const plugbay = await openPlugbay({
    ...{ database: database.db, plugins: [greeting, alice], migrate: false },
    ...{ bootstrap: "code", readyTimeoutMs: 200, pollIntervalMs: false, heartbeatMs: false },
  });
  onTestFinished(() => plugbay.close());
  expect(plugbay.state.kind).toBe("bootstrapped");
  await expect(plugbay.attention()).rejects.toThrow("ECONNREFUSED");

  database.failure = undefined;
  expect(await plugbay.attention()).toMatchObject([
    {
      ...{ code: "migrations-pending", gravity: "critical" },
      details: { count: migrationNames.length, names: migrationNames },
      mend: { code: "migrate", command: "npx plugbay migrate" },
    },
  ]);
  const store = openStore({ database: database.db, plugins: [] });
  await store.connect();
  await store.migrate();
  await store.close();
  expect(await plugbay.attention()).toEqual([]);
  expect(plugbay.state.kind).toBe("live");
});
