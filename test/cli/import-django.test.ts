import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPlugbay, type Plugbay } from "plugbay";
import { afterEach, describe, expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { type DatabaseKind, databaseKinds, type EmptyDatabase } from "../store/database-kinds.ts";
import { execute, ids, makeDjango } from "./fixtures/django-database.ts";
import { otp, shop } from "./fixtures/shop.ts";
import type { Outcome } from "./outcome.ts";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Plugbay's database and an operator's folder with the application's code. */
class Site {
  readonly kind: DatabaseKind;
  readonly here: EmptyDatabase;
  readonly #folder: string;

  private constructor(kind: DatabaseKind, here: EmptyDatabase, folder: string) {
    this.kind = kind;
    this.here = here;
    this.#folder = folder;
  }

  static async of(kind: DatabaseKind): Promise<Site> {
    const site = new Site(kind, await emptyOf(kind), await makeFolder());
    await site.deploy("first");
    expect(await site.run("migrate")).toMatchObject({ code: 0 });
    return site;
  }

  deploy(version: keyof typeof shop): Promise<void> {
    const path = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));
    const { dialect } = this.kind;
    return writeFile(
      join(this.#folder, "plugbay.config.ts"),
      `import { ${dialect} } from ${path(`../../src/store/${dialect}/index.ts`)};
       import { shop } from ${path("./fixtures/shop.ts")};
       export default { database: ${dialect}(${JSON.stringify(this.here.address)}), plugins: shop.${version} };`,
    );
  }

  run(...operands: string[]): Promise<Outcome> {
    return runCli(this.#folder, ...operands);
  }

  takeOver(from: EmptyDatabase, ...operands: string[]): Promise<Outcome> {
    return this.run("import", "--from-django", from.address, "--actor", "ada", ...operands);
  }

  /** The application itself, as it is now. */
  async open(version: keyof typeof shop = "first"): Promise<Plugbay> {
    const quiet = { sync: false, pollIntervalMs: false, heartbeatMs: false } as const;
    const plugbay = await openPlugbay({ database: this.here.database, plugins: shop[version], ...quiet });
    endings.push(() => plugbay.close());
    return plugbay;
  }
}

async function emptyOf(kind: DatabaseKind): Promise<EmptyDatabase> {
  const empty = await kind.create();
  endings.push(() => empty.drop());
  return empty;
}

const errorOf = ({ stderr }: Outcome) => JSON.parse(stderr).error;

/** The ids of users' favourites, as plugbay writes them. */
async function favourites(database: EmptyDatabase): Promise<string[]> {
  const rows = await execute(database, ["select pluginitem_id from prefs_favourite order by id"]);
  return rows.map((row) =>
    String((row as { pluginitem_id: unknown }).pluginitem_id)
      .replaceAll("-", "")
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
  );
}

describe.each(databaseKinds)("on $name", (kind) => {
  describe.skipIf(kind.absence !== undefined).each(["the same database", "another database"])(
    "from %s",
    (where) => {
      test("ids, decisions and history are taken over, once, and favourites still name their items", async () => {
        const site = await Site.of(kind);
        const django = where === "the same database" ? site.here : await emptyOf(kind);
        await makeDjango(kind.dialect, django);
        const plugbay = await site.open();
        const [before] = plugbay.items(otp);

        const dry = await site.takeOver(django, "--dry-run");
        expect(dry).toMatchObject({ code: 0, stderr: "" });
        expect(dry.stdout).toContain(`${before?.id} -> `);
        expect(plugbay.items(otp)).toHaveLength(2);
        await plugbay.refresh();
        expect(plugbay.items(otp).map(({ id }) => id)).toContain(before?.id);

        const done = await site.takeOver(django);
        expect(done).toEqual(dry);
        expect(done.stdout).toMatch(
          /\ntypes: 0 created, 1 got Django's id, 0 found\nitems: 1 created, 2 got Django's id, 0 updated, 0 found\nhistory: 3 entries of Django's\n! item apps\.voice:voice of otp \(apps\/otp\): of a plugin that nothing registers; kept, retired, until a plugin of that name is registered\n! left out: 1 entry of Django's history, of what no longer exists\n$/,
        );

        // A process that runs since before follows.
        await plugbay.refresh();
        const taken = plugbay.items(otp).map(({ id, typeId, module, status, priority, description }) => ({
          ...{ id, typeId, module, status, priority, description },
        }));
        expect(taken).toEqual([
          {
            id: ids.sms,
            typeId: ids.otp,
            module: "apps.sms",
            status: "active",
            priority: 10,
            description: "By SMS",
          },
          {
            id: ids.mail,
            typeId: ids.otp,
            module: "apps/mail",
            status: "disable",
            priority: 20,
            description: "",
          },
        ]);
        expect(plugbay.get(otp)?.send("x")).toBe("sms: x");

        const again = await site.takeOver(django);
        expect(again.stdout).toMatch(/^Nothing to do: all of it was taken over\.\n/);
        const { revision } = snapshotOf(plugbay);
        await plugbay.refresh();
        expect(snapshotOf(plugbay).revision).toBe(revision);

        await site.deploy("second");
        expect(await site.run("sync")).toMatchObject({ code: 0 });
        const next = await site.open("second");
        const sent = (await favourites(django)).map((id) => next.getById(otp, id)?.send("x"));
        expect(sent).toEqual(["sms: x", "voice: x"]);
        expect(next.items(otp).find(({ id }) => id === ids.voice)).toMatchObject({
          ...{ status: "reserve", priority: -7, description: "über Ünïcode 📞", retiredAt: null },
        });

        const told = await next.control.history({ source: "django" });
        const past = told.filter(({ before, after }) => before === null && after === null);
        expect(
          past.map(({ entityId, action, actor, reason, at }) => ({ entityId, action, actor, reason, at })),
        ).toEqual([
          {
            ...{ entityId: ids.mail, action: "update", actor: "Django's user 4711" },
            ...{ reason: "Switched off by a script", at: "2026-11-26T19:18:59.000Z" },
          },
          {
            ...{ entityId: ids.voice, action: "update", actor: "boss" },
            ...{ reason: "changed Status, Priority", at: "2026-11-26T19:18:58.647Z" },
          },
          {
            ...{ entityId: ids.mail, action: "create", actor: "boss" },
            ...{ reason: "added", at: "2026-11-26T19:18:57.100Z" },
          },
        ]);
        expect(past.map((entry) => next.control.isRevertible(entry))).toEqual([false, false, false]);
        expect(told.filter((entry) => !past.includes(entry)).every(({ actor }) => actor === "ada")).toBe(
          true,
        );
      }, 60_000);
    },
  );
});

const [sqlite] = databaseKinds as readonly [DatabaseKind];

/** A site, and a database of Django's apart from its own. */
async function withDjango(...further: Parameters<typeof makeDjango>[2][]) {
  const site = await Site.of(sqlite);
  const django = await emptyOf(sqlite);
  await makeDjango("sqlite", django, ...further);
  return { site, django };
}

const idIn = (plugbay: Plugbay, name: string) =>
  plugbay.items(otp).find((item) => item.name === name)?.id ?? "";

describe("what was decided here", () => {
  test("under another id is not replaced: nothing is taken over, with 4", async () => {
    const { site, django } = await withDjango();
    const plugbay = await site.open();
    const own = idIn(plugbay, "sms");
    await site.run("set", "sms", "--priority", "5");
    const refused = await site.takeOver(django, "--json");
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(errorOf(refused)).toMatchObject({ code: "DJANGO_ID_CONFLICT" });
    expect(errorOf(refused).message).toContain(
      `item apps.sms:sms of otp (apps/otp): it has the id ${own} here, under which something was decided, and Django's is ${ids.sms}`,
    );
    await plugbay.refresh();
    expect(idIn(plugbay, "sms")).toBe(own);
    expect(await plugbay.control.history({ source: "django" })).toEqual([]);
  });

  test("after it was taken over counts more than Django, and what Django decided later is taken over", async () => {
    const { site, django } = await withDjango();
    await site.takeOver(django);
    await site.run("set", "sms", "--priority", "5");
    await execute(django, ["update django_plugin_system_pluginitem set priority = 44, status = 'active'"]);
    const again = await site.takeOver(django, "--reason", "they went on in Python");
    expect(again.stdout).toContain(
      "! item apps.sms:sms of otp (apps/otp): decided on here since it was taken over, so Django's decision is left",
    );
    const plugbay = await site.open();
    expect(plugbay.items(otp).map(({ name, priority, status }) => [name, priority, status])).toEqual([
      ["sms", 5, "active"],
      ["mail", 44, "active"],
    ]);
    expect((await plugbay.control.history({ entityId: ids.mail, limit: 1 }))[0]).toMatchObject({
      ...{ actor: "ada", source: "django", reason: "they went on in Python" },
      ...{ before: { status: "disable", priority: 20 }, after: { status: "active", priority: 44 } },
    });
  });

  test("by a foreign key of the application keeps its id, or follows where the key says so", async () => {
    const { site, django } = await withDjango();
    const plugbay = await site.open();
    const own = idIn(plugbay, "sms");
    const pointer = (rule: string) => [
      "drop table if exists pointer",
      `create table pointer (item text references plugbay_item (id) on delete cascade ${rule})`,
      `insert into pointer values ('${own}')`,
    ];
    await execute(site.here, pointer(""));
    const refused = await site.takeOver(django, "--json");
    expect(refused).toMatchObject({ code: 4 });
    expect(errorOf(refused).message).toContain("foreign keys of the application point at an id");
    expect(await execute(site.here, ["select item from pointer"])).toEqual([{ item: own }]);
    await plugbay.refresh();
    expect(idIn(plugbay, "sms")).toBe(own);

    await execute(site.here, pointer("on update cascade"));
    expect(await site.takeOver(django)).toMatchObject({ code: 0 });
    expect(await execute(site.here, ["select item from pointer"])).toEqual([{ item: ids.sms }]);
  });
});

describe("a database of Django's", () => {
  test("with values that plugbay takes from nobody is refused with all of them, and nothing is written", async () => {
    const item = "update django_plugin_system_pluginitem set";
    const { site, django } = await withDjango({
      statements: [
        `${item} status = 'disabled', name = 'sms ' where name = 'sms'`,
        `${item} priority = 70000 where name = 'mail'`,
        `${item} module = 'apps' || char(10) || 'voice' where name = 'voice'`,
        "pragma foreign_keys = off",
        "insert into django_plugin_system_pluginitem values ('zz', 'a', 'b', 'active', 0, null, 'yy')",
        `insert into django_plugin_system_plugintype values ('${"0".repeat(32)}', '${"x".repeat(101)}', 'm', '')`,
      ],
    });
    const refused = await site.takeOver(django, "--json");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    const { code, message } = errorOf(refused);
    expect(code).toBe("INVALID_DJANGO_DATA");
    for (const problem of [
      'name "sms " has white space at its ends',
      "priority 70000 of the item is not an integer from -32768 to 32767",
      "has a control character",
      'the id "zz" is no UUID',
      "is 101 code points long; 100 at most",
    ])
      expect(message).toContain(problem);
    expect(await site.run("history", "--json")).not.toMatchObject({
      stdout: expect.stringContaining("django"),
    });
  });

  test("with a status that plugbay does not know is refused", async () => {
    const { site, django } = await withDjango({
      statements: ["update django_plugin_system_pluginitem set status = 'disabled' where name = 'mail'"],
    });
    expect(errorOf(await site.takeOver(django, "--json")).message).toContain(
      'status "disabled" of the item is not "active", "reserve" or "disable"',
    );
  });

  test("keeps names apart that differ in case alone", async () => {
    const { site, django } = await withDjango({
      statements: [
        "insert into django_plugin_system_pluginitem select '" +
          `${ids.gone.replaceAll("-", "")}', module, 'SMS', status, 11, description, plugin_type_id from django_plugin_system_pluginitem where name = 'sms'`,
      ],
    });
    expect((await site.takeOver(django)).stdout).toContain("items: 2 created, 2 got Django's id");
    const list = await site.run("list", "--retired", "--json");
    expect(JSON.parse(list.stdout).items.map(({ name }: { name: string }) => name)).toContain("SMS");
  });

  test("may have another label, and users of its own", async () => {
    const { site, django } = await withDjango({ label: "plugins", users: "accounts_user" });
    const missing = await site.takeOver(django, "--json");
    expect(missing).toMatchObject({ code: 2 });
    expect(errorOf(missing)).toMatchObject({
      code: "DJANGO_TABLES_MISSING",
      message: expect.stringContaining(
        'has no table "django_plugin_system_plugintype" and "django_plugin_system_pluginitem"',
      ),
    });
    const label = ["--django-app-label", "plugins"];
    const unnamed = await site.takeOver(django, "--dry-run", ...label);
    expect(unnamed.stdout).toContain(
      '! there is no table "auth_user": the history names Django\'s users by their numbers',
    );
    const named = await site.takeOver(django, ...label, "--django-users", "accounts_user.username");
    expect(named).toMatchObject({ code: 0 });
    const plugbay = await site.open();
    expect(await plugbay.control.history({ source: "django", actor: "boss" })).toHaveLength(2);
    const nowhere = await site.takeOver(django, "--json", ...label, "--django-users", "people.email");
    expect(errorOf(nowhere).message).toContain('has no table "people": --django-users names it');
  });

  test("needs no history", async () => {
    const { site, django } = await withDjango({ statements: ["drop table django_admin_log"] });
    const done = await site.takeOver(django);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout).toContain('! there is no table "django_admin_log": Django\'s history is left out');
  });

  test("is only read, and not made where there is none", async () => {
    const site = await Site.of(sqlite);
    const folder = await makeFolder();
    const path = join(folder, "db.sqlite3");
    const nothing = await site.run("import", "--from-django", `sqlite:${path}`, "--json");
    expect(nothing).toMatchObject({ code: 6 });
    expect(errorOf(nothing).message).toContain(`there is no file "${path}"`);
    expect(await readdir(folder)).toEqual([]);

    for (const mode of ["delete", "wal"]) {
      const django = await emptyOf(sqlite);
      await makeDjango("sqlite", django);
      const Driver = await loadSqliteDriver();
      const file = new Driver(path);
      file.exec(`attach '${django.address}' as django`);
      file.exec(`pragma main.journal_mode = ${mode}`);
      file.exec("pragma foreign_keys = off");
      for (const table of ["django_plugin_system_plugintype", "django_plugin_system_pluginitem"])
        file.exec(
          `drop table if exists main.${table}; create table main.${table} as select * from django.${table}`,
        );
      file.close();
      const files = () => readdir(folder).then((names) => names.filter((name) => name !== "db.sqlite3-shm"));
      const digest = async () =>
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex");
      const before = [await files(), await digest()];
      expect(await site.run("import", "--from-django", path)).toMatchObject({ code: 0 });
      expect([await files(), await digest()]).toEqual(before);
    }
  });

  test.each([
    [["--from-django", "oracle://scott:tiger@db/shop"], "it begins with postgres:, mysql: or sqlite:"],
    [["--from-django", "db.sqlite3", "items.yaml"], "--from-django stands in the place of a file"],
    [["--from-django", "db.sqlite3", "--prune"], "--managed and --prune are for files"],
    [["--from-django", "db.sqlite3", "--django-app-label", "a; drop"], "--django-app-label is a label"],
    [
      ["--from-django", "db.sqlite3", "--django-users", "auth_user"],
      "--django-users is a table and its column",
    ],
    [["items.yaml", "--django-users", "auth_user.email"], "go with --from-django"],
    [[], "name a file of items, or a database with --from-django"],
  ])("is asked for by %j only with 2 and a word on it", async (operands, problem) => {
    const site = await Site.of(sqlite);
    const refused = await site.run("import", ...operands);
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(problem) });
    expect(refused.stderr).not.toContain("tiger");
  });
});
