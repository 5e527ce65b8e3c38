import { createRegistry, definePlugin, definePluginType, type PluginType } from "plugbay";
import { describe, expect, test } from "vitest";
import type { ItemRow, Rows } from "../../src/store/rows.ts";
import { planSync } from "../../src/sync/plan-sync.ts";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { living, numberedIds, plan } from "./plan.ts";
import { rowsAfter } from "./rows-after.ts";

const sms = senderPlugin("sms", { priority: 10, description: "By SMS" });
const mail = senderPlugin("mail", { status: "reserve" });
const stored = rowsAfter(plan([otp, sms, mail]));
const now = "2030-01-01T00:00:00.000Z";

const renamedOtp = definePluginType<OtpSender>({
  name: "code",
  manager: "apps/login",
  aliases: [{ manager: "apps/otp", name: "otp" }],
  methods: { sendOtp: "required" },
});
const pluginOf = (type: PluginType<OtpSender>, name: string) =>
  definePlugin(type, { name, module: "apps/channels", create: () => new Sender(name) });

const row = (name: string, rows: Rows = stored): ItemRow => {
  const found = rows.items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`no row is called "${name}"`);
  return found;
};

/** The rows with some fields of one item changed, as by an operator. */
const edited = (name: string, patch: Partial<ItemRow>, rows: Rows = stored): Rows => ({
  ...rows,
  items: rows.items.map((item) => (item.name === name ? { ...item, ...patch } : item)),
});

const actions = (changes: ReturnType<typeof plan>["changes"]) =>
  changes.map(({ action, before, after }) => `${action} ${(after ?? before)?.name}`);

describe("in an empty database", () => {
  test("everything is created, as declared", () => {
    const { changes, counts, revision } = plan([otp, sms, mail]);
    expect(changes).toMatchObject([
      {
        entity: "type",
        action: "create",
        before: null,
        after: {
          manager: "apps/otp",
          name: "otp",
          description: "One-time password delivery channel",
          // The write says when.
          createdAt: "",
          updatedAt: "",
        },
      },
      {
        entity: "item",
        action: "create",
        before: null,
        after: {
          module: "apps/channels",
          name: "sms",
          label: "",
          status: "active",
          priority: 10,
          description: "By SMS",
          config: null,
          configVersion: 1,
          retiredAt: null,
          retiredBy: null,
        },
        type: { manager: "apps/otp", name: "otp" },
      },
      { entity: "item", action: "create", after: { name: "mail", status: "reserve", priority: 0 } },
    ]);
    expect(counts).toEqual({
      typesCreated: 1,
      typesFound: 0,
      typesUpdated: 0,
      itemsCreated: 2,
      itemsFound: 0,
      itemsUpdated: 0,
      prunedTypes: 0,
      prunedItems: 0,
      heldBack: 0,
    });
    expect(revision).toBe(0);
  });

  test("items belong to the type that is created with them", () => {
    const [type, ...items] = plan([otp, sms, mail]).changes;
    for (const item of items) expect(item.after).toMatchObject({ typeId: type?.after?.id });
  });
});

describe("a plan", () => {
  test("is the same for the same arguments", () => {
    const registry = createRegistry([otp, sms, mail]);
    const once = () =>
      planSync(registry, stored, {
        mode: "update",
        prune: true,
        newId: numberedIds(),
        toConfigure: new Set<never>(),
        now,
      });
    expect(once()).toEqual(once());
  });

  test("leaves its arguments alone", () => {
    const rows = structuredClone(edited("sms", { priority: 1 }));
    const before = structuredClone(rows);
    plan([otp, senderPlugin("new")], rows, { mode: "update", prune: true });
    expect(rows).toEqual(before);
  });

  test.each(["create", "update"] as const)("of a second run has no changes, in mode %s", (mode) => {
    const { changes, counts } = plan([otp, sms, mail], stored, { mode, prune: true });
    expect(changes).toEqual([]);
    expect(counts).toMatchObject({ typesFound: 1, itemsFound: 2, typesCreated: 0, itemsCreated: 0 });
  });

  test("bears the revision and the options it was made for", () => {
    expect(plan([otp], stored, { mode: "update", prune: true })).toMatchObject({
      revision: 1,
      mode: "update",
      prune: true,
    });
  });

  test("is not misled by identities that look alike when joined", () => {
    const type = (manager: string, name: string) =>
      definePluginType<OtpSender>({ manager, name, methods: { sendOtp: "required" } });
    const rows = rowsAfter(plan([type("x", "y-by-z")]));
    expect(plan([type("x-by-y", "z"), type("x", "y-by-z")], rows).counts).toMatchObject({
      typesCreated: 1,
      typesFound: 1,
    });
  });
});

describe("what an operator decided", () => {
  const decided = edited("sms", {
    status: "disable",
    priority: -5,
    description: "Ours",
    config: { key: "k" },
  });

  test("stays in mode create", () => {
    expect(plan([otp, sms, mail], decided).changes).toEqual([]);
  });

  test("stays in mode update, but for description and priority", () => {
    const { changes, counts } = plan([otp, sms, mail], decided, { mode: "update" });
    expect(changes).toEqual([
      {
        entity: "item",
        action: "update",
        type: { manager: "apps/otp", name: "otp" },
        before: row("sms", decided),
        after: { ...row("sms", decided), priority: 10, description: "By SMS" },
      },
    ]);
    expect(counts).toMatchObject({ itemsUpdated: 1, itemsFound: 1 });
  });

  test("on the description alone is undone in mode update, too", () => {
    const described = edited("sms", { description: "Ours" });
    expect(plan([otp, sms, mail], described, { mode: "update" }).changes).toMatchObject([
      { action: "update", after: { priority: 10, description: "By SMS" } },
    ]);
  });

  test("with a label of its own stays in mode update altogether", () => {
    const labelled = edited("sms", { label: "NL", priority: 3, description: "Dutch" });
    expect(plan([otp, sms, mail], labelled, { mode: "update" }).changes).toEqual([]);
  });

  test("by a file stays in mode update altogether", () => {
    const managed = edited("sms", {
      managed: "file" as ItemRow["managed"],
      priority: 3,
      description: "Ours",
    });
    expect(plan([otp, sms, mail], managed, { mode: "update" }).changes).toEqual([]);
  });

  test("with a config, of a plugin that no sync makes an item for, is the operator's without a label too", () => {
    const toConfigure = new Set([sms]);
    expect(plan([otp, sms, mail], decided, { mode: "update", toConfigure }).changes).toEqual([]);
    const without = edited("sms", { priority: -5, config: null });
    expect(plan([otp, sms, mail], without, { mode: "update", toConfigure }).changes).toMatchObject([
      { action: "update", after: { priority: 10 } },
    ]);
  });
});

describe("a type's description", () => {
  const described = definePluginType<OtpSender>({
    name: otp.name,
    manager: otp.manager,
    description: "New",
    methods: { sendOtp: "required" },
  });

  test("is refreshed in mode update only", () => {
    expect(plan([described, sms, mail], stored).changes).toEqual([]);
    const { changes, counts } = plan([described, sms, mail], stored, { mode: "update" });
    expect(changes).toMatchObject([{ entity: "type", action: "update", after: { description: "New" } }]);
    expect(counts).toMatchObject({ typesUpdated: 1, typesFound: 0 });
  });
});

describe("pruning", () => {
  test("is off unless asked for", () => {
    expect(plan([otp, sms], stored).changes).toEqual([]);
  });

  test("retires items whose plugin is gone, and changes nothing else about them", () => {
    const { changes, counts } = plan([otp, sms], stored, { prune: true });
    expect(changes).toMatchObject([{ entity: "item", action: "retire" }]);
    expect(changes[0]?.after).toEqual({ ...row("mail"), retiredAt: now, retiredBy: "sync" });
    expect(counts).toMatchObject({ prunedItems: 1, prunedTypes: 0 });
  });

  test("retires all items of a plugin, labelled ones too", () => {
    const labelled: Rows = {
      ...stored,
      items: [...stored.items, { ...row("mail"), id: "2nd", label: "NL" }],
    };
    expect(plan([otp, sms], labelled, { prune: true }).counts.prunedItems).toBe(2);
  });

  test("retires a type that is gone, with its items", () => {
    const { changes, counts } = plan([], stored, { prune: true });
    expect(actions(changes)).toEqual(["retire otp", "retire sms", "retire mail"]);
    expect(changes.map(({ entity }) => entity)).toEqual(["type", "item", "item"]);
    expect(counts).toMatchObject({ prunedTypes: 1, prunedItems: 2 });
    expect(actions(plan([], { ...stored, items: [] }, { prune: true }).changes)).toEqual(["retire otp"]);
  });

  test("leaves alone all items of a plugin that is there, labelled ones too", () => {
    const labelled: Rows = { ...stored, items: [...stored.items, { ...row("sms"), id: "2nd", label: "NL" }] };
    const { changes, counts } = plan([otp, sms, mail], labelled, { prune: true });
    expect(changes).toEqual([]);
    expect(counts).toMatchObject({ itemsFound: 3, prunedItems: 0 });
  });

  test("leaves alone what is retired already", () => {
    const pruned = rowsAfter(plan([], stored, { prune: true }), stored);
    expect(plan([], pruned, { prune: true }).changes).toEqual([]);
  });
});

describe("pruning, while processes live that have what this code does not,", () => {
  const held = (of: ReturnType<typeof plan>) =>
    of.heldBack.map(({ entity, row: { name }, processes }) => [
      `${entity} ${name}`,
      processes.map(({ pid }) => pid),
    ]);

  test("holds back their items and types, and says whose they are", () => {
    const processes = [living([otp, sms, mail], 1), living([otp, mail], 2), living([otp, mail], 3)];
    const planned = plan([], stored, { prune: true, living: processes });
    expect(planned.changes).toEqual([]);
    expect(held(planned)).toEqual([
      ["type otp", [1, 2, 3]],
      ["item sms", [1]],
      ["item mail", [1, 2, 3]],
    ]);
    expect(planned.heldBack[0]?.processes[0]).toEqual({
      id: "process 1",
      host: "web-1",
      pid: 1,
      version: "1.7.2",
    });
    expect(planned.counts).toMatchObject({ prunedTypes: 0, prunedItems: 0, heldBack: 3 });
  });

  test("retires what none of them has", () => {
    const planned = plan([otp], stored, { prune: true, living: [living([otp, mail])] });
    expect(actions(planned.changes)).toEqual(["retire sms"]);
    expect(held(planned)).toEqual([["item mail", [4021]]]);
  });

  test("knows theirs by the names that a newer version has given to the rows", () => {
    const text = senderPlugin("text", { aliases: ["sms"] });
    const renamed = rowsAfter(plan([otp, text, mail], stored), stored);
    expect(held(plan([otp, mail], renamed, { prune: true, living: [living([otp, sms])] }))).toEqual([
      ["item text", [4021]],
    ]);
    const plugins = [pluginOf(renamedOtp, "sms"), pluginOf(renamedOtp, "mail")];
    const moved = rowsAfter(plan([renamedOtp, ...plugins], stored), stored);
    expect(held(plan([], moved, { prune: true, living: [living([otp, sms])] }))).toEqual([
      ["type code", [4021]],
      ["item sms", [4021]],
    ]);
  });

  test("holds back labelled items of a plugin, too", () => {
    const nl = { ...row("mail"), id: "2nd", label: "NL" };
    const labelled: Rows = { ...stored, items: [...stored.items, nl] };
    const planned = plan([otp, sms], labelled, { prune: true, living: [living([otp, mail])] });
    expect(planned).toMatchObject({ changes: [], counts: { heldBack: 2 } });
  });

  test("has nothing to hold back of what is retired already, or where it does not prune", () => {
    const pruned = rowsAfter(plan([], stored, { prune: true }), stored);
    const processes = [living([otp, sms, mail])];
    expect(plan([], pruned, { prune: true, living: processes }).heldBack).toEqual([]);
    expect(plan([], stored, { living: processes }).heldBack).toEqual([]);
  });
});

describe("what was retired", () => {
  test("by a sync comes back as it was when it is registered again, in mode create as well", () => {
    const decided = edited("sms", { status: "reserve", priority: 4 });
    const pruned = rowsAfter(plan([], decided, { prune: true }), decided);
    const { changes, counts } = plan([otp, sms, mail], pruned);
    expect(actions(changes)).toEqual(["restore otp", "restore sms", "restore mail"]);
    expect(rowsAfter(plan([otp, sms, mail], pruned), pruned).items).toEqual(decided.items);
    expect(counts).toMatchObject({ typesUpdated: 1, itemsUpdated: 2 });
  });

  test("by an operator stays retired", () => {
    const retired = edited("sms", { retiredAt: now, retiredBy: "operator" });
    expect(plan([otp, sms, mail], retired, { mode: "create", prune: true }).changes).toEqual([]);
  });

  test("with its type, and is not registered again, stays retired when the type comes back", () => {
    const pruned = rowsAfter(plan([], stored, { prune: true }), stored);
    expect(actions(plan([otp, sms], pruned).changes)).toEqual(["restore otp", "restore sms"]);
  });
});

describe("an alias", () => {
  test("renames a plugin's items in place: same ids, same decisions", () => {
    const decided = edited("sms", { status: "disable", priority: 4, config: { key: "k" } });
    const text = senderPlugin("text", { aliases: ["sms"] });
    const { changes, counts } = plan([otp, text, mail], decided, { prune: true });
    expect(changes).toMatchObject([{ entity: "item", action: "rename" }]);
    const aliases = [{ module: "apps/channels", name: "sms" }];
    expect(changes[0]?.after).toEqual({ ...row("sms", decided), name: "text", aliases });
    expect(counts).toMatchObject({ itemsUpdated: 1, itemsCreated: 0, prunedItems: 0 });
  });

  test("moves a plugin's items to another module", () => {
    const moved = definePlugin(otp, {
      name: "sms",
      module: "apps/text",
      aliases: [{ module: "apps/channels" }],
      create: () => new Sender("sms"),
    });
    expect(plan([otp, moved, mail], stored).changes).toMatchObject([
      { action: "rename", after: { id: row("sms").id, module: "apps/text", name: "sms" } },
    ]);
  });

  test("renames a type in place, and its items stay its own", () => {
    const plugins = [pluginOf(renamedOtp, "sms"), pluginOf(renamedOtp, "mail")];
    const { changes } = plan([renamedOtp, ...plugins], stored, { prune: true });
    expect(changes).toMatchObject([
      {
        entity: "type",
        action: "rename",
        after: { id: stored.types[0]?.id, manager: "apps/login", name: "code" },
      },
    ]);
  });

  test("moves a type to another manager", () => {
    const moved = definePluginType<OtpSender>({
      name: "otp",
      manager: "apps/login",
      aliases: [{ manager: "apps/otp" }] as never,
      methods: { sendOtp: "required" },
    });
    expect(plan([moved], stored).changes).toMatchObject([
      {
        entity: "type",
        action: "rename",
        after: { id: stored.types[0]?.id, manager: "apps/login", name: "otp" },
      },
    ]);
  });

  test("may be one of several, of which the others were never in the database", () => {
    const text = senderPlugin("text", { aliases: ["note", "sms", "letter"] });
    expect(plan([otp, text, mail], stored).changes).toMatchObject([
      { action: "rename", after: { id: row("sms").id, name: "text" } },
    ]);
  });

  test("is of no account once the new name has a row", () => {
    const text = senderPlugin("text", { aliases: ["sms"] });
    const both = rowsAfter(plan([otp, senderPlugin("text")], stored), stored);
    expect(plan([otp, text, mail], both).changes).toEqual([]);
    expect(actions(plan([otp, text, mail], both, { prune: true }).changes)).toEqual(["retire sms"]);
  });

  test("brings back, under the new name, what a sync retired under the former one", () => {
    const pruned = rowsAfter(plan([otp, mail], stored, { prune: true }), stored);
    const text = senderPlugin("text", { aliases: ["sms"] });
    expect(plan([otp, text, mail], pruned).changes).toMatchObject([
      { action: "rename", after: { id: row("sms").id, name: "text", retiredAt: null, retiredBy: null } },
    ]);
  });
});

describe("a former name in a database that never had it", () => {
  const text = senderPlugin("text", { aliases: ["sms"] });
  const fresh = rowsAfter(plan([otp, text, mail]));

  test("is kept with the new row, so that older code which comes later finds it", () => {
    expect(row("text", fresh).aliases).toEqual([{ module: "apps/channels", name: "sms" }]);
    expect(plan([otp, sms, mail], fresh, { prune: true }).changes).toEqual([]);
    expect(plan([otp, text, mail], fresh)).toMatchObject({
      changes: [],
      counts: { itemsFound: 2, itemsUpdated: 0 },
    });
  });

  test("stands for one row only", () => {
    const note = senderPlugin("note", { aliases: ["sms"] });
    const both = rowsAfter(plan([otp, note, mail], fresh), fresh);
    expect(row("note", both).aliases).toBeUndefined();
  });
});

describe("a name that newer code has changed", () => {
  const text = senderPlugin("text", { aliases: ["sms"] });
  const renamed = rowsAfter(plan([otp, text, mail], edited("sms", { status: "disable" })), stored);

  test("is still known by the former one: older code finds the row, and leaves its new name and decisions", () => {
    const { changes, counts } = plan([otp, sms, mail], renamed, { prune: true });
    expect(changes).toEqual([]);
    expect(counts).toMatchObject({ itemsFound: 2, itemsCreated: 0, prunedItems: 0 });
  });

  test("stands for the former one until that is a plugin of its own again", () => {
    const reused = plan([otp, senderPlugin("text"), sms, mail], renamed);
    expect(actions(reused.changes)).toEqual(["update text", "create sms"]);
    const both = rowsAfter(reused, renamed);
    expect(row("text", both).aliases).toEqual([]);
    expect(plan([otp, sms, mail], both).changes).toEqual([]);
    expect(plan([otp, senderPlugin("text"), sms, mail], both).changes).toEqual([]);
  });

  test("may be changed back: the newer name becomes the former one", () => {
    const back = senderPlugin("sms", { aliases: ["text"] });
    const { changes } = plan([otp, back, mail], renamed);
    expect(changes).toMatchObject([
      { action: "rename", after: { name: "sms", status: "disable", aliases: [{ name: "text" }] } },
    ]);
  });

  test("of a type is treated alike", () => {
    const types = [renamedOtp, pluginOf(renamedOtp, "sms"), pluginOf(renamedOtp, "mail")];
    const moved = rowsAfter(plan(types, stored), stored);
    expect(plan([otp, sms, mail], moved, { prune: true }).changes).toEqual([]);
    const own = definePluginType<OtpSender>({
      name: "code",
      manager: "apps/login",
      methods: { sendOtp: "required" },
    });
    const both = plan([own, pluginOf(own, "sms"), pluginOf(own, "mail"), otp, sms, mail], moved);
    expect(actions(both.changes)).toEqual(["update code", "create otp", "create sms", "create mail"]);
  });
});

test("a row that is renamed once more is not also the row of a new thing with its first name", () => {
  const once = rowsAfter(plan([otp, senderPlugin("text", { aliases: ["sms"] })], stored), stored);
  const first = senderPlugin("sms", { description: "Something new" });
  const twice = senderPlugin("message", { aliases: ["text"] });
  for (const plugins of [
    [first, twice],
    [twice, first],
  ]) {
    const rows = rowsAfter(plan([otp, ...plugins], once), once);
    expect(row("message", rows).id).toBe(row("sms").id);
    expect(row("sms", rows).id).not.toBe(row("sms").id);
  }

  const renamed = rowsAfter(plan([renamedOtp], stored), stored);
  const { name, manager } = renamedOtp;
  const again = definePluginType<OtpSender>({
    name: "secret",
    manager,
    aliases: [{ manager, name }],
    methods: { sendOtp: "required" },
  });
  for (const types of [
    [otp, again],
    [again, otp],
  ]) {
    const rows = rowsAfter(plan(types, renamed), renamed);
    expect(rows.types.find((type) => type.name === "secret")?.id).toBe(stored.types[0]?.id);
    expect(rows.types).toHaveLength(2);
  }
});
