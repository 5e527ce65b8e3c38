import { randomUUID } from "node:crypto";
import { type AuditEntry, type Plugbay, type PluginItem, RevisionUnreadableError } from "plugbay";
import { describe, expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { ByHand } from "./by-hand.ts";
import { alice, bob, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "peter" };

type Kind = TestDatabase["kind"]["dialect"];
type Case = [
  title: string,
  column: string,
  value: unknown,
  /** What is left of the item; undefined: nothing. */
  item: object | undefined,
  serves: "alice" | "bob",
  /** The databases whose columns take the value. Default: all. */
  kinds?: readonly Kind[],
];

const nowhere = Symbol("nowhere");
/** Nothing but the clock makes it look. */
const quiet = { pollIntervalMs: 5_000, heartbeatMs: false, push: false } as const;

const sqlite: readonly Kind[] = ["sqlite"];
const untyped = Buffer.from([1, 2]);
const someTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const disabled = { status: "disable" };
const nameless = { aliases: undefined };

const cases: readonly Case[] = [
  ["aliases that are no JSON", "aliases", "sms", nameless, "alice"],
  ["aliases that are a text", "aliases", '"sms"', nameless, "alice"],
  ["aliases that are numbers", "aliases", "[1, 2]", nameless, "alice"],
  ["aliases that are an object", "aliases", '{"module":"a","name":"b"}', nameless, "alice"],
  ["aliases without a module", "aliases", '[{"name":"b"}]', nameless, "alice"],
  ["aliases that are null in JSON", "aliases", "null", nameless, "alice"],
  ["aliases nested without end", "aliases", "[".repeat(100_000), nameless, "alice"],
  [
    "an alias beside one that is none",
    "aliases",
    '[{"module":"m","name":"n","status":"disable"},7]',
    { aliases: [{ module: "m", name: "n" }], status: "active" },
    "alice",
  ],
  ["aliases of bytes", "aliases", untyped, nameless, "alice", sqlite],
  ["a status that is none", "status", "enabled", disabled, "bob"],
  ["a status in capitals", "status", "ACTIVE", disabled, "bob"],
  ["an empty status", "status", "", disabled, "bob"],
  ["a status of bytes", "status", untyped, disabled, "bob", sqlite],
  ["a priority out of range", "priority", 70_000, { priority: 32_767 }, "bob"],
  ["a priority far below the range", "priority", -2_000_000_000, { priority: -32_768 }, "alice"],
  ["a priority that is a text", "priority", "high", { priority: 32_767 }, "bob", sqlite],
  ["a priority that is no integer", "priority", 1.5, { priority: 1 }, "alice", sqlite],
  ["a priority beyond all numbers", "priority", 2n ** 62n, { priority: 32_767 }, "bob", sqlite],
  ["a version of 0", "version", 0, { version: 1 }, "alice"],
  ["the last version that the column takes", "version", 2 ** 31 - 1, { version: 1 }, "alice"],
  ["a version beyond all numbers", "version", 2n ** 60n, { version: 1 }, "alice", sqlite],
  ["a version that is a text", "version", "two", { version: 1 }, "alice", sqlite],
  ["a revision beyond all numbers", "revision", 2n ** 60n, { revision: 0 }, "alice"],
  ["a revision below 0", "revision", -5, { revision: 0 }, "alice"],
  ["a version of the config that is none", "config_version", 0, { configVersion: 1 }, "alice"],
  ["a word of who manages it that is none", "managed", "nobody", { managed: null }, "alice"],
  ["a word of who retired it that is none", "retired_by", "nobody", { retiredBy: "operator" }, "alice"],
  ["a time of retirement that is none", "retired_at", "yes", { retiredAt: someTime }, "bob"],
  ["an empty time of retirement", "retired_at", "", { retiredAt: someTime }, "bob"],
  ["a time that is none", "created_at", "rubbish", { createdAt: "1970-01-01T00:00:00.000Z" }, "alice"],
  ["no time", "updated_at", "", { updatedAt: someTime }, "alice"],
  ["a config that is no JSON", "config", "{no json", { config: "{no json" }, "alice"],
  ["a module with a blank at its end", "module", "apps/greeters ", { module: "apps/greeters " }, "bob"],
  ["an empty name", "name", "", { name: "" }, "bob"],
  ["a label with a blank before it", "label", " eu", { label: " eu" }, "alice"],
  ["a description of bytes", "description", untyped, { description: "\u0001\u0002" }, "alice", sqlite],
  ["a type that is nowhere", "type_id", nowhere, undefined, "bob"],
];

const itemsOf = (plugbay: Plugbay): PluginItem[] =>
  [...snapshotOf(plugbay).types.values()].flatMap(({ items }) => items);

/** All that a process has of the rows, whoever read them. */
const contentOf = (plugbay: Plugbay): unknown =>
  [...snapshotOf(plugbay).types.values()]
    .map(({ row, items }) => ({
      row,
      items: items.map(({ type, ...item }) => ({ ...item, type: { ...type } })),
    }))
    .sort((one, other) => (one.row.id < other.row.id ? -1 : 1));

/** Has the process look at all rows, as it does by itself about every 45 seconds. */
async function reconcile(plugbay: Plugbay, clock: ManualClock): Promise<void> {
  // In steps too short for a database to count as silent, which answers in real time; a refresh waits its turn.
  for (let seconds = 0; seconds < 60; seconds += 3) {
    await clock.advance(3_000);
    await plugbay.refresh();
  }
}

onEveryDatabase((home) => {
  const here = (kinds: readonly Kind[] = [home.kind.dialect]) => kinds.includes(home.kind.dialect);
  const start = async () => {
    const clock = new ManualClock();
    const running = await home.open(plugins, { ...quiet, clock });
    const hand = await ByHand.of(home);
    return { clock, running, hand, id: idOf(running, "alice") };
  };

  /** Another process, which changes nothing. */
  const starting = () => home.open(plugins, { sync: false, push: false });

  async function expectToWork(
    plugbay: Plugbay,
    serves: string,
    id: string,
    item: object | undefined,
  ): Promise<void> {
    expect(plugbay.get(greeting)?.greet()).toBe(serves);
    expect(plugbay.explain(greeting)).toHaveLength(itemsOf(plugbay).length);
    expect(itemsOf(plugbay)).toHaveLength(item === undefined ? 1 : 2);
    expect((await plugbay.control.list()).total).toBe(plugbay.items(greeting).length);
    expect(await plugbay.control.types()).toHaveLength(1);
    expect(await plugbay.control.history()).not.toHaveLength(0);
    expect(await plugbay.control.processes()).toBeDefined();
    const found = itemsOf(plugbay).find((one) => one.id === id);
    if (item === undefined) expect(found).toBeUndefined();
    // Where an item has no aliases, the field is absent.
    else expect({ aliases: undefined, ...found }).toMatchObject(item);
  }

  describe.each<Case>(cases.filter(([, , , , , kinds]) => here(kinds)))(
    "%s",
    (_, column, given, item, serves) => {
      // Every test of the file has the same tables.
      const value = () => (given === nowhere ? randomUUID() : given);
      const naming = (id: string) =>
        expect.stringMatching(
          new RegExp(`^plugbay_item, row ${id}: ${column} .*, so .*; (set|save|correct) `),
        );

      test("costs that row what it must, with one warning, and processes that run and start see the same", async () => {
        const { clock, running, hand, id } = await start();
        const warnings = collectWarnings();
        await hand.set("plugbay_item", id, column, value());
        await reconcile(running, clock);
        await expectToWork(running, serves, id, item);
        expect(warnings).toContainEqual(naming(id));
        const told = warnings.length;
        for (let round = 0; round < 2; round += 1) await reconcile(running, clock);
        expect(warnings.slice(told)).toEqual([]);

        const second = await starting();
        await expectToWork(second, serves, id, item);
        expect(contentOf(second)).toEqual(contentOf(running));
        expect(warnings.slice(told)).toContainEqual(naming(id));

        // Nor does a look that brings other changes tell of it anew, whatever way it reads rows.
        const toldBySecond = warnings.length;
        await second.control.updateItem(idOf(second, "bob"), { description: "changed" }, by);
        await running.refresh();
        expect(itemsOf(running).map(({ description }) => description)).toContain("changed");
        expect(warnings.slice(toldBySecond)).toEqual([]);
      }, 60_000);

      if (column !== "revision") {
        test("does so, too, where the revision says that the row changed", async () => {
          const { running, hand, id } = await start();
          const warnings = collectWarnings();
          await hand.set("plugbay_item", id, column, value());
          await hand.raiseRevision("plugbay_item", id);
          await running.refresh();
          await expectToWork(running, serves, id, item);
          expect(running.state.kind).toBe("live");
          expect(warnings).toContainEqual(naming(id));
          expect(contentOf(await starting())).toEqual(contentOf(running));
        }, 60_000);
      }

      if (item !== undefined) {
        test("can be put right by a change, and by a sync", async () => {
          const { clock, running, hand, id } = await start();
          collectWarnings();
          await hand.set("plugbay_item", id, column, value());
          await reconcile(running, clock);
          await running.control.updateItem(id, { description: "again" }, by);
          await running.control.updateItem(id, { description: "and again" }, by);
          await running.sync({ mode: "update", prune: true });
          await running.control.exportItems();
          const second = await starting();
          await reconcile(running, clock);
          expect(contentOf(second)).toEqual(contentOf(running));
        }, 60_000);
      }
    },
  );

  test.each<[string, string, unknown, object]>([
    ["aliases that are no JSON", "aliases", "otp", nameless],
    ["a time that is none", "created_at", "x", { createdAt: "1970-01-01T00:00:00.000Z" }],
    ["a revision beyond all numbers", "revision", 2n ** 60n, { revision: 0 }],
  ])(
    "a type with %s is still served",
    async (_, column, value, left) => {
      const { clock, running, hand, id } = await start();
      const [typeId = ""] = snapshotOf(running).types.keys();
      const warnings = collectWarnings();
      await hand.set("plugbay_type", typeId, column, value);
      await reconcile(running, clock);
      await expectToWork(running, "alice", id, {});
      expect(snapshotOf(running).types.get(typeId)?.row).toMatchObject(left);
      expect(warnings).toEqual([expect.stringContaining(`plugbay_type, row ${typeId}: ${column} `)]);
      const second = await starting();
      await expectToWork(second, "alice", id, {});
      expect(contentOf(second)).toEqual(contentOf(running));
    },
    60_000,
  );

  test("a type that was retired by a slip of the pen stays out of use", async () => {
    const { clock, running, hand } = await start();
    const [typeId = ""] = snapshotOf(running).types.keys();
    collectWarnings();
    await hand.set("plugbay_type", typeId, "retired_at", "now");
    await reconcile(running, clock);
    expect(snapshotOf(running).types.get(typeId)?.row.retiredAt).toEqual(someTime);
    expect(contentOf(await starting())).toEqual(contentOf(running));
  }, 60_000);

  test("a plugin's row that was renamed is out of use, with a warning, until it has its name again", async () => {
    const { clock, running, hand, id } = await start();
    const warnings = collectWarnings();
    await hand.set("plugbay_item", id, "name", "alicia");
    await reconcile(running, clock);
    await expectToWork(running, "bob", id, { name: "alicia" });
    expect(warnings).toEqual([
      expect.stringMatching(
        `^plugbay_item, row ${id}: name was changed from "apps/greeters/alice" to .*alicia`,
      ),
    ]);
    await reconcile(running, clock);
    expect(warnings).toHaveLength(1);
    const second = await starting();
    await expectToWork(second, "bob", id, { name: "alicia" });
    expect(contentOf(second)).toEqual(contentOf(running));
    await hand.set("plugbay_item", id, "name", "alice");
    await reconcile(running, clock);
    await expectToWork(running, "alice", id, { name: "alice" });
    // One that syncs at its start would have made a new row for what had none.
    expect(contentOf(await home.open(plugins))).toEqual(contentOf(running));
  }, 60_000);

  test("names with blanks at their ends are put right by a sync", async () => {
    const { running, hand, id } = await start();
    collectWarnings();
    const [typeId = ""] = snapshotOf(running).types.keys();
    await hand.set("plugbay_item", id, "name", "alice ");
    await hand.set("plugbay_type", typeId, "name", "greeting ");
    const second = await home.open(plugins, { push: false });
    await expectToWork(second, "alice", id, { name: "alice", aliases: undefined });
    expect(snapshotOf(second).types.get(typeId)?.row).toMatchObject({ name: "greeting", aliases: undefined });
    await running.refresh();
    await expectToWork(running, "alice", id, { name: "alice" });
    expect(contentOf(second)).toEqual(contentOf(running));
  }, 60_000);

  test("a type's row that was renamed is out of use alike", async () => {
    const { clock, running, hand } = await start();
    const [typeId = ""] = snapshotOf(running).types.keys();
    const warnings = collectWarnings();
    await hand.set("plugbay_type", typeId, "name", "parting");
    await reconcile(running, clock);
    expect(running.get(greeting)).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(`plugbay_type, row ${typeId}: name was changed`)]);
    const second = await starting();
    expect(second.get(greeting)).toBeUndefined();
    expect(contentOf(second)).toEqual(contentOf(running));
  }, 60_000);

  test("a row that was put under another type serves there, and nowhere else", async () => {
    const parting = greeterType("parting");
    const all = [...plugins, parting, greeter(parting, "alice", { module: "apps/partings" })];
    const clock = new ManualClock();
    const running = await home.open(all, { ...quiet, clock });
    const hand = await ByHand.of(home);
    collectWarnings();
    const id = running.items(greeting)[0]?.id ?? "";
    const typeId = [...snapshotOf(running).types].find(([, { row }]) => row.name === "parting")?.[0] ?? "";
    for (const raise of [false, true]) {
      await hand.set("plugbay_item", id, "type_id", raise ? idOfType(running, "greeting") : typeId);
      if (raise) await hand.raiseRevision("plugbay_item", id);
      await (raise ? running.refresh() : reconcile(running, clock));
      expect(running.get(greeting)?.greet()).toBe(raise ? "alice" : "bob");
      expect(running.items(parting)).toHaveLength(raise ? 1 : 2);
      expect(contentOf(await home.open(all, { sync: false }))).toEqual(contentOf(running));
    }
  }, 60_000);

  describe("a name that two rows have, one as its alias,", () => {
    const alias = '[{"module":"apps/greeters","name":"bob"}]';

    test.each([
      ["found by a look at all rows", false],
      ["told of by the revision", true],
    ])(
      "is that of the row whose own it is, %s",
      async (_, raise) => {
        const { clock, running, hand, id } = await start();
        const look = () => (raise ? running.refresh() : reconcile(running, clock));
        const warnings = collectWarnings();
        await hand.set("plugbay_item", id, "aliases", alias);
        await hand.set("plugbay_item", id, "name", "alicia");
        if (raise) await hand.raiseRevision("plugbay_item", id);
        await look();
        await expectToWork(running, "bob", id, { name: "alicia" });
        expect(warnings).toContainEqual(
          expect.stringMatching(
            `^plugbay_item, row ${id}: aliases have a name that row ${idOf(running, "bob")}`,
          ),
        );
        const told = warnings.length;
        await look();
        expect(warnings).toHaveLength(told);
        const second = await starting();
        await expectToWork(second, "bob", id, { name: "alicia" });
        expect(contentOf(second)).toEqual(contentOf(running));

        // Once the name is free, it is the alias's.
        const bobs = idOf(running, "bob");
        await hand.set("plugbay_item", bobs, "name", "bert");
        if (raise) await hand.raiseRevision("plugbay_item", bobs);
        await look();
        expect(running.items(greeting).map(({ name }) => name)).toContain("bob");
        expect(contentOf(await starting())).toEqual(contentOf(running));
      },
      60_000,
    );

    test("is taken back when a row gets it as its own", async () => {
      const { running, hand, id } = await start();
      collectWarnings();
      const bobs = idOf(running, "bob");
      await hand.set("plugbay_item", bobs, "name", "bert");
      await hand.set("plugbay_item", id, "aliases", alias);
      await hand.set("plugbay_item", id, "name", "alicia");
      for (const one of [bobs, id]) await hand.raiseRevision("plugbay_item", one);
      await running.refresh();
      expect(running.items(greeting).find((item) => item.id === id)).toMatchObject({ name: "bob" });
      await hand.set("plugbay_item", bobs, "name", "bob");
      await hand.raiseRevision("plugbay_item", bobs);
      await running.refresh();
      expect(running.items(greeting).find((item) => item.id === id)).toMatchObject({ name: "alicia" });
      expect(contentOf(await starting())).toEqual(contentOf(running));
    }, 60_000);
  });

  test("a whole column of nonsense is told of in bounds", async () => {
    const many = Array.from({ length: 120 }, (_, index) => greeter(greeting, `g${index}`));
    await home.open([greeting, many]);
    const hand = await ByHand.of(home);
    await hand.setAll("plugbay_item", "aliases", "none");
    const warnings = collectWarnings();
    const second = await home.open([greeting, many], { sync: false });
    expect(second.items(greeting)).toHaveLength(120);
    expect(warnings.length).toBeLessThanOrEqual(51);
    expect(warnings.at(-1)).toContain("npx plugbay doctor");
  }, 60_000);

  describe("a process's row", () => {
    const reported = ["serves", "troubles", "report_mark"];
    test.each<[string, string, unknown, (readonly Kind[])?]>([
      ["failures that are no JSON", "failures", "none"],
      ["failures of another form", "failures", '{"itemId":1}'],
      ["failures with one of another form", "failures", '[7,{"itemId":"1","message":"m"}]'],
      ["troubles that are no JSON", "troubles", "none"],
      ["troubles with one of another form", "troubles", '[{"itemId":"1"}]'],
      ["serves of another form", "serves", '{"typeId":1}'],
      ["plugins that are no JSON", "plugins", "[{"],
      ["plugins of another form", "plugins", '["sms"]'],
      ["a revision beyond all numbers", "revision", 2n ** 60n],
      ["a process id that is a text", "pid", "first", sqlite],
      ["a time that is none", "started_at", "today, at noon"],
    ])(
      "with %s is shown without it, and told of once",
      async (_, column, value, kinds) => {
        if (!here(kinds)) return;
        const { running, hand } = await start();
        await home.open(plugins, { sync: false, heartbeatMs: 60_000 });
        await expect.poll(() => running.control.processes()).toHaveLength(1);
        const [process] = await running.control.processes();
        const warnings = collectWarnings();
        const edit = (name: string, to: unknown) => hand.set("plugbay_process", process?.id ?? "", name, to);
        await edit(column, value);
        // What a process found is read again under another mark; "failures" only where older code wrote the row.
        if (column === "failures") for (const name of reported) await edit(name, null);
        else await edit("report_mark", 7);
        for (let round = 0; round < 2; round += 1) {
          const [shown] = await running.control.processes();
          expect(shown).toMatchObject({ id: process?.id, host: process?.host });
          running.control.missesOf(shown as never);
          await running.control.whoKnows(idOf(running, "alice"));
        }
        expect(warnings).toEqual([
          expect.stringContaining(`plugbay_process, row ${process?.id}: ${column} `),
        ]);
      },
      60_000,
    );
  });

  describe("an entry of the history", () => {
    const edited = async (column: string, value: unknown) => {
      const { running, hand, id } = await start();
      const { revision } = await running.control.bulk([id], "disable", by);
      const warnings = collectWarnings();
      await hand.run(
        `update plugbay_audit set ${quoted[home.kind.dialect](column)} = ${literal(value)} ` +
          `where namespace = '${home.namespace}' and revision = ${revision}`,
      );
      return { running, revision, warnings, id };
    };

    test.each<[string, string, unknown, Partial<AuditEntry>]>([
      ["fields before that are no JSON", "before", "{", { before: null }],
      ["fields after that are no JSON", "after", "nothing", { after: null }],
      ["fields that are a list", "before", "[]", { before: null }],
      ["fields that are a text", "after", '"x"', { after: null }],
      ["an unknown action", "action", "bless", { action: "update" }],
      ["an unknown source", "source", "fax", { source: "api" }],
      ["an unknown entity", "entity", "thing", { entity: "item" }],
      ["a time that is none", "at", "noon", { at: "1970-01-01T00:00:00.000Z" }],
    ])(
      "with %s is told without it",
      async (_, column, value, told) => {
        const { running, revision, warnings } = await edited(column, value);
        for (let round = 0; round < 2; round += 1) {
          const [entry] = await running.control.history();
          expect(entry).toMatchObject({ revision, ...told });
          expect(typeof running.control.isRevertible(entry as AuditEntry)).toBe("boolean");
        }
        expect(warnings).toEqual([expect.stringContaining(`plugbay_audit, row ${revision}-0: ${column} `)]);
      },
      60_000,
    );

    test.each([
      ["a status that is none", '{"status":"on"}'],
      ["a status that is a number", '{"status":1}'],
    ])(
      "with %s cannot be reverted",
      async (_, before) => {
        const { running, revision, id } = await edited("before", before);
        const [entry] = await running.control.history();
        expect(running.control.isRevertible(entry as AuditEntry)).toBe(false);
        await expect(running.control.revert({ revision, position: 0 }, by)).rejects.toMatchObject({
          code: "NOT_REVERTIBLE",
        });
        expect(await running.control.getItem(id)).toMatchObject({ status: "disable" });
      },
      60_000,
    );

    test("with a revision beyond all numbers is left out, and the pages go on", async () => {
      const { running, hand, id } = await start();
      const { revision } = await running.control.bulk([id], "disable", by);
      await hand.run(
        `update plugbay_audit set revision = 9223372036854775000 where namespace = '${home.namespace}' and revision = ${revision}`,
      );
      const entries = await running.control.history();
      expect(entries.map((entry) => entry.revision)).toEqual([1, 1, 1]);
    });

    test("of a purge does not take away a row that was put back", async () => {
      const { running, hand, id } = await start();
      await running.control.retire([id], by);
      await hand.run(
        `update plugbay_audit set action = 'purge' where namespace = '${home.namespace}' and revision = 2`,
      );
      const other = await starting();
      await hand.run(
        `update plugbay_audit set revision = 3 where namespace = '${home.namespace}' and revision = 2`,
      );
      await hand.raiseRevision("plugbay_item", id);
      await other.refresh();
      expect(itemsOf(other)).toHaveLength(2);
    });
  });

  test.each<[string, unknown, (readonly Kind[])?]>([
    ["beyond all numbers", 2n ** 62n],
    ["below 0", -7],
    ["that is a text", "many", sqlite],
  ])(
    "a revision %s is told as what it is, by those that read and those that write",
    async (_, value, kinds) => {
      if (!here(kinds)) return;
      const { running, hand, id } = await start();
      collectWarnings();
      await hand.setAll("plugbay_revision", "revision", value);
      await expect(running.refresh()).rejects.toThrow(RevisionUnreadableError);
      await expect(running.control.retire([id], by)).rejects.toThrow(RevisionUnreadableError);
      await expect(starting()).rejects.toThrow(RevisionUnreadableError);
      expect(running.get(greeting)?.greet()).toBe("alice");
      await hand.setAll("plugbay_revision", "revision", 5);
      await running.refresh();
      expect(await running.control.retire([id], by)).toMatchObject({ changed: 1, revision: 6 });
    },
    60_000,
  );
});

const quoted: Readonly<Record<Kind, (column: string) => string>> = {
  sqlite: (column) => `"${column}"`,
  postgres: (column) => `"${column}"`,
  mysql: (column) => `\`${column}\``,
};

const literal = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

const idOfType = (plugbay: Plugbay, name: string): string =>
  [...snapshotOf(plugbay).types].find(([, { row }]) => row.name === name)?.[0] ?? "";
