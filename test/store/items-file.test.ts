import { randomBytes } from "node:crypto";
import {
  ConflictError,
  definePlugin,
  definePluginType,
  formatImport,
  InvalidDocumentError,
  type ItemsDocument,
  NoKeyError,
  type Plugbay,
} from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { snapshotOf } from "../../src/open/facade.ts";
import { alice, bob, type Greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "deployment", source: "cli" } as const;
const canary = "canary-5d1c8a3b6f47";
const keys = `one:${randomBytes(32).toString("base64")}`;

const vault = definePlugin(greeting, {
  module: "apps/vault",
  name: "vault",
  priority: 50,
  config: z.strictObject({
    host: z.string().max(40),
    token: z.string(),
    smtp: z.strictObject({ password: z.string().optional() }).optional(),
  }),
  secrets: ["token", "smtp.password"],
  create: ({ config }) => ({ greet: () => `${config.host} ${config.token}` }),
});
const plugins = [greeting, alice, bob, vault];

/** A reference to a variable, as a file has it. */
const from = (name: string): string => `\${${name}}`;

const type = { manager: greeting.manager, name: greeting.name };
const file = (...items: object[]) => ({ plugbay: 1, types: [{ ...type, items }] });
const vaultItem = { module: "apps/vault", name: "vault" };
const eu = { ...vaultItem, label: "eu", priority: 3, config: { host: "eu", token: from("TOKEN") } };
const environment = { TOKEN: canary };

onEveryDatabase((home) => {
  const open = () => home.open(plugins, { keys });
  const issuesOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => expect.unreachable(),
      (error: unknown) => error,
    );
    if (!(error instanceof InvalidDocumentError)) throw error;
    return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  const labels = (plugbay: Plugbay) =>
    plugbay.items(greeting).map(({ name, label }) => `${name} ${label}`.trim());

  test("adds what is missing, changes what is there, and leaves others alone, in one transaction", async () => {
    const plugbay = await open();
    const before = snapshotOf(plugbay).revision;
    const document = file({ module: "apps/greeters", name: "alice", priority: 9, description: "last" }, eu);
    const plan = await plugbay.control.import(document, { ...by, environment });
    expect(plan.counts).toEqual({ itemsCreated: 1, itemsUpdated: 1, itemsFound: 0, itemsRetired: 0 });
    expect(snapshotOf(plugbay).revision).toBe(before + 1);
    expect(labels(plugbay)).toEqual(["bob", "vault eu", "alice"]);
    expect(plugbay.getById(greeting, idOf(plugbay, "vault"))?.greet()).toBe(`eu ${canary}`);
    expect(await home.item("alice")).toMatchObject({ priority: 9, description: "last", status: "active" });
    const entries = await plugbay.control.history({ limit: 2 });
    for (const entry of entries) expect(entry).toMatchObject({ actor: "deployment", source: "cli" });
    expect(JSON.stringify([plan, entries, formatImport(plan)])).not.toContain(canary);
  });

  test("a second import writes nothing, with secrets too, and in another order of keys", async () => {
    const plugbay = await open();
    await plugbay.control.import(file(eu), { ...by, environment });
    const stored = await home.rows();
    const turned = { ...eu, config: { token: from("TOKEN"), host: "eu" } };
    for (const item of [eu, turned, { ...eu, config: { host: "eu" } }]) {
      const plan = await plugbay.control.import(file(item), { ...by, environment });
      expect(plan).toMatchObject({ changes: [], counts: { itemsFound: 1 } });
    }
    expect(await home.rows()).toEqual(stored);
    const other = { TOKEN: "another" };
    expect((await plugbay.control.import(file(eu), { ...by, environment: other })).changes).toHaveLength(1);
    expect(plugbay.getById(greeting, idOf(plugbay, "vault"))?.greet()).toBe("eu another");
  });

  test("what is refused at the last item leaves nothing of the others", async () => {
    const plugbay = await open();
    const before = await home.rows();
    const late = { ...vaultItem, label: "us", config: { host: 5, token: "clear" } };
    const issues = await issuesOf(plugbay.control.import(file(eu, late), { ...by, environment }));
    expect(issues).toEqual([expect.stringMatching(/^types\.0\.items\.1\.config\.host: .*string/)]);
    expect(await home.rows()).toEqual(before);
  });

  test("a dry run writes nothing and shows all but secrets", async () => {
    const plugbay = await open();
    await plugbay.control.import(file(eu), { ...by, environment });
    const before = await home.rows();
    const next = { ...eu, status: "reserve", config: { host: "eu-2", token: from("TOKEN"), smtp: {} } };
    const us = { ...vaultItem, label: "us", managed: "file", config: { host: "us", token: from("TOKEN") } };
    const plan = await plugbay.control.planImport(file(next, us), { environment: { TOKEN: "canary-2" } });
    const lines = formatImport(plan).split("\n");
    expect(lines).toEqual([
      "~ update item apps/vault:vault/eu of greeting (apps/greeting)",
      '    status: "active" -> "reserve"',
      '    config.host: "eu" -> "eu-2"',
      expect.stringMatching(/^ {4}config\.token: secret [0-9a-f]{8} -> secret [0-9a-f]{8}$/),
      "    config.smtp: nothing -> {}",
      "+ create item apps/vault:vault/us of greeting (apps/greeting)   active, priority 50, managed by a file",
      '    config.host: "us"',
      expect.stringMatching(/^ {4}config\.token: secret [0-9a-f]{8}$/),
      "",
      "items: 1 created, 1 updated, 0 found, 0 retired",
    ]);
    expect(JSON.stringify(plan)).not.toContain("canary");
    expect(await home.rows()).toEqual(before);
  });

  test("an export has no secret; imported elsewhere it gives the same again", async () => {
    const plugbay = await open();
    const text = { host: `$${from("a")} ${from("b")} $$`, token: canary, smtp: { password: `${canary}-2` } };
    await plugbay.control.createItem({ type: greeting, ...vaultItem, label: "a/b", config: text }, by);
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { status: "disable", description: "off" }, by);
    const left = await plugbay.control.exportItems();
    const document = await plugbay.control.exportItems({ secrets: "env" });
    expect(JSON.stringify([left, document])).not.toContain(canary);
    expect(left.types[0]?.items[2]?.config).toEqual({ host: `$$${from("a")} $${from("b")} $$`, smtp: {} });
    const references = { PLUGBAY_VAULT_A_B_TOKEN: canary, PLUGBAY_VAULT_A_B_SMTP_PASSWORD: `${canary}-2` };
    expect(document.types[0]?.items[2]?.config).toEqual({
      host: `$$${from("a")} $${from("b")} $$`,
      token: from("PLUGBAY_VAULT_A_B_TOKEN"),
      smtp: { password: from("PLUGBAY_VAULT_A_B_SMTP_PASSWORD") },
    });
    expect((await plugbay.control.import(left, by)).changes).toEqual([]);
    expect((await plugbay.control.import(document, { ...by, environment: references })).changes).toEqual([]);

    const elsewhere = await home.open(plugins, { keys, namespace: `${home.namespace}-2` });
    await elsewhere.control.import(document, { ...by, environment: references });
    expect(await elsewhere.control.exportItems({ secrets: "env" })).toEqual(document);
    expect(elsewhere.getById(greeting, idOf(elsewhere, "vault"))?.greet()).toBe(`$\${a} \${b} $$ ${canary}`);
  });

  test("names of variables differ wherever their secrets do, and are not plugbay's own", async () => {
    const mail = definePluginType<Greeter>({
      name: "mail",
      manager: "apps/mail",
      methods: { greet: "required" },
    });
    const config = z.object({ keys: z.string().optional(), secret: z.string().optional() });
    const like = (type: typeof mail, module: string, name: string) =>
      definePlugin(type, {
        ...{ module, name, config, secrets: ["keys", "secret"], status: "disable" },
        create: () => ({ greet: () => name }),
      });
    const [smtp, other] = [like(mail, "apps/a", "smtp"), like(mail, "apps/b", "smtp")];
    const [auth, same, self] = [
      like(mail, "a", "auth"),
      like(greeting, "apps/a", "smtp"),
      like(mail, "a", "-"),
    ];
    const plugbay = await home.open([greeting, mail, smtp, other, auth, same, self], { keys });
    for (const [index, item] of (await plugbay.control.list({})).items.entries()) {
      const field = item.name === "auth" ? "secret" : "keys";
      await plugbay.control.updateItem(item.id, { config: { [field]: `${canary}-${index}` } }, by);
    }
    const document = await plugbay.control.exportItems({ secrets: "env" });
    const names = document.types.flatMap(({ items }) =>
      items.map((item) => Object.values(item.config ?? {})[0]),
    );
    expect(names).toEqual([
      from("PLUGBAY_APPS_GREETING_GREETING_APPS_A_SMTP_KEYS"),
      from("PLUGBAY_A_KEYS"),
      from("PLUGBAY_A_AUTH_SECRET"),
      from("PLUGBAY_APPS_MAIL_MAIL_APPS_A_SMTP_KEYS"),
      from("PLUGBAY_APPS_B_SMTP_KEYS"),
    ]);
  });

  test("retired items and those of unknown plugins are not exported, and --type narrows it", async () => {
    const plugbay = await open();
    const id = idOf(plugbay, "bob");
    await plugbay.control.retire([id], by);
    const names = ({ types }: ItemsDocument) => types.flatMap(({ items }) => items.map(({ name }) => name));
    expect(names(await plugbay.control.exportItems())).toEqual(["alice"]);
    const typeId = snapshotOf(plugbay).byIdentity.get(type.manager, type.name)?.row.id ?? "";
    expect(names(await plugbay.control.exportItems({ typeId }))).toEqual(["alice"]);
    const other = await home.open([greeting, bob], { keys, sync: false });
    expect((await other.control.exportItems()).types).toEqual([]);
    await expect(plugbay.control.exportItems({ typeId: "nowhere" })).rejects.toThrow(/no plugin type/);
  });

  test("the mark is set by the item or by the import, and gone when neither has it", async () => {
    const plugbay = await open();
    const item = { module: "apps/greeters", name: "alice" };
    const managed = async (document: object, all = false) => {
      await plugbay.control.import(document, { ...by, managed: all });
      return (await home.item("alice")).managed;
    };
    expect(await managed(file({ ...item, managed: "file" }))).toBe("file");
    expect((await plugbay.control.exportItems()).types[0]?.items[0]).toMatchObject({ managed: "file" });
    expect(await managed(file({ ...item, priority: 7, managed: "file" }))).toBe("file");
    expect((await home.item("alice")).priority).toBe(7);
    expect(await managed(file(item))).toBeNull();
    expect(await managed(file(item), true)).toBe("file");
  });

  test("managed items that the file no longer holds are told of, and retired when that is wanted", async () => {
    const plugbay = await open();
    const [a, b] = ["alice", "bob"].map((name) => ({ module: "apps/greeters", name }));
    await plugbay.control.import(file(a ?? {}, b ?? {}), { ...by, managed: true });
    await plugbay.control.import(file(eu), { ...by, environment });
    const plan = await plugbay.control.import(file(a ?? {}), { ...by, managed: true });
    expect(plan).toMatchObject({ changes: [], unlisted: [{ name: "bob" }] });
    expect(formatImport(plan)).toContain(
      "! not in the file: item apps/greeters:bob of greeting (apps/greeting)",
    );

    const pruned = await plugbay.control.import(file(a ?? {}), { ...by, managed: true, prune: true });
    expect(pruned.counts).toMatchObject({ itemsFound: 1, itemsRetired: 1 });
    expect(await home.item("bob")).toMatchObject({ retiredBy: "operator", managed: "file" });
    expect(await home.item("vault")).toMatchObject({ retiredAt: null });
    expect(
      (await plugbay.control.import(file(a ?? {}), { ...by, managed: true, prune: true })).changes,
    ).toEqual([]);

    const back = await plugbay.control.import(file(a ?? {}, b ?? {}), { ...by, managed: true });
    expect(back.changes).toMatchObject([{ action: "restore" }]);
    expect(await home.item("bob")).toMatchObject({ retiredAt: null, retiredBy: null, managed: "file" });
  });

  test("all that is wrong is said at once, each with its place", async () => {
    const plugbay = await open();
    const before = await home.rows();
    const document = {
      plugbay: 1,
      types: [
        { manager: "apps/none", name: "none", items: [] },
        {
          ...type,
          items: [
            { module: "apps/greeters", name: "alice", label: "x" },
            { module: "apps/greeters", name: "nobody" },
            { ...vaultItem, label: "a", config: { host: from("NO_HOST"), token: from("NO_TOKEN") } },
            { ...vaultItem, label: "b", config: { host: `${from("1")}\${`, token: from("TOKEN") } },
            { ...vaultItem, label: "c", config: { host: from("TOKEN").repeat(3), token: from("EMPTY") } },
            { ...vaultItem, label: "d", config: { host: from("TOKEN").repeat(3), token: "clear", other: 1 } },
          ],
        },
      ],
    };
    const refused = plugbay.control.import(document, { ...by, environment: { ...environment, EMPTY: "" } });
    const issues = await issuesOf(refused);
    expect(issues).toEqual([
      expect.stringContaining('types.0: plugin type "none" of "apps/none" is not registered'),
      expect.stringContaining("types.1.items.0: plugin"),
      expect.stringContaining("types.1.items.1: plugin"),
      "types.1.items.2.config.host: the environment variable NO_HOST is not set",
      "types.1.items.2.config.token: the environment variable NO_TOKEN is not set",
      expect.stringContaining("types.1.items.3.config.host: has "),
      expect.stringContaining("types.1.items.3.config.host: has "),
      "types.1.items.4.config.token: is a secret, and empty",
      expect.stringContaining("types.1.items.5.config.host: "),
      expect.stringContaining("types.1.items.5.config: "),
    ]);
    await expect(refused).rejects.not.toThrow(canary);
    expect(await home.rows()).toEqual(before);

    const malformed = {
      plugbay: 2,
      more: true,
      types: [
        { ...type, items: [{ module: " x", name: 5, status: "on", priority: 1.5, managed: "me", text: "" }] },
        { ...type, items: [eu, { ...eu }, { ...eu, label: "p", config: JSON.parse('{"__proto__": 1}') }] },
        { manager: "m", name: "n" },
      ],
    };
    const places = (await issuesOf(plugbay.control.planImport(malformed))).map(
      (issue) => issue.split(": ")[0],
    );
    expect(places).toEqual([
      "more",
      "plugbay",
      ...["text", "module", "name", "status", "priority", "managed"].map(
        (field) => `types.0.items.0.${field}`,
      ),
      "types.1",
      "types.1.items.1",
      "types.1.items.2.config.__proto__",
      "types.2.items",
    ]);
    for (const nothing of [undefined, null, [], "plugbay: 1", 5]) {
      expect((await issuesOf(plugbay.control.planImport(nothing))).length).toBeGreaterThan(0);
    }
  });

  test("a secret without a key is refused, and a type that was not synced says what to do", async () => {
    const plugbay = await home.open(plugins, { keys: "" });
    await expect(plugbay.control.import(file(eu), { ...by, environment })).rejects.toThrow(NoKeyError);
    const later = definePluginType<Greeter>({
      name: "later",
      manager: "apps/later",
      methods: { greet: "required" },
    });
    const unsynced = await home.open([...plugins, later], { sync: false });
    const document = { plugbay: 1, types: [{ manager: "apps/later", name: "later", items: [] }] };
    expect(await issuesOf(unsynced.control.planImport(document))).toEqual([
      expect.stringContaining("plugbay sync"),
    ]);
  });

  test("a config of an older version is exported with it, and brought forward when it is imported", async () => {
    const old = await open();
    await old.control.createItem(
      { type: greeting, ...vaultItem, label: "a", config: { host: "h", token: "t" } },
      by,
    );
    const newer = definePlugin(greeting, {
      ...vaultItem,
      version: 2,
      config: z.strictObject({ hosts: z.array(z.string()), key: z.string() }),
      secrets: ["key"],
      migrateConfig: (config) => {
        const { host, token } = config as { host: string; token: string };
        return { hosts: [host], key: token };
      },
      create: ({ config }) => ({ greet: () => `${config.hosts[0]} ${config.key}` }),
    });
    const plugbay = await home.open([greeting, alice, bob, newer], { keys });
    const document = await plugbay.control.exportItems();
    expect(document.types[0]?.items[2]).toMatchObject({ configVersion: 1, config: { host: "h" } });
    await plugbay.control.import(document, by);
    expect(await home.item("vault")).toMatchObject({ configVersion: 2 });
    expect(plugbay.getById(greeting, idOf(plugbay, "vault"))?.greet()).toBe("h t");
    expect((await plugbay.control.import(document, by)).changes).toEqual([]);
    const future = file({ ...vaultItem, label: "a", configVersion: 3, config: { hosts: [], key: "k" } });
    expect(await issuesOf(plugbay.control.planImport(future))).toEqual([
      expect.stringContaining("of version 3"),
    ]);
  });

  test("imports of several processes at once end as one of them would, without duplicates", async () => {
    const processes = await Promise.all([open(), open(), open()]);
    await Promise.all(
      processes.map(({ control }, index) =>
        control.import(file({ ...eu, priority: index }), { ...by, environment }),
      ),
    );
    const { items } = await home.rows();
    expect(items.filter(({ name }) => name === "vault")).toHaveLength(1);
  });

  test("an import that others keep outrunning gives up without a word of it written", async () => {
    let [outrun, runs] = [async () => undefined as unknown, 0];
    const slow = definePlugin(greeting, {
      ...vaultItem,
      config: z.object({}).refine(async () => {
        runs += 1;
        await outrun();
        return true;
      }),
      create: () => ({ greet: () => "slow" }),
    });
    const plugbay = await home.open([greeting, alice, slow]);
    const other = await home.open([greeting, alice, slow]);
    outrun = () => other.control.updateItem(idOf(other, "alice"), { priority: runs }, by);
    const document = file(
      { module: "apps/greeters", name: "alice", priority: -5 },
      { ...vaultItem, label: "s" },
    );
    await expect(plugbay.control.import(document, by)).rejects.toThrow(ConflictError);
    expect((await home.rows()).items.map(({ label }) => label)).not.toContain("s");
    outrun = async () => undefined;
    await plugbay.control.import(document, by);
    expect(await home.item("alice")).toMatchObject({ priority: -5 });
  });

  test("who may not write imports nothing, but may look", async () => {
    const plugbay = await open();
    const reader = plugbay.control.limitedTo({ access: "read" });
    expect((await reader.planImport(file(eu), { environment })).changes).toHaveLength(1);
    await expect(reader.import(file(eu), { ...by, environment })).rejects.toThrow(/not allowed/);
    const stranger = plugbay.control.limitedTo({ access: "write", types: [] });
    await expect(stranger.import(file(eu), { ...by, environment })).rejects.toThrow(/not allowed/);
    expect((await home.rows()).items.some(({ name }) => name === "vault")).toBe(false);
  });
});
