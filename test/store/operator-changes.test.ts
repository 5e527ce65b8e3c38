import {
  ConflictError,
  InvalidNameError,
  InvalidOptionError,
  InvalidPriorityError,
  InvalidStatusError,
  ItemNotFoundError,
  type Plugbay,
} from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const plugins = [greeting, alice, bob, carol];
const unknownId = "00000000-0000-4000-8000-000000000000";

onEveryDatabase((home) => {
  const names = (plugbay: Plugbay) => plugbay.items(greeting).map(({ name }) => name);
  const ids = (plugbay: Plugbay, ...of: string[]) => of.map((name) => idOf(plugbay, name));

  /** Runs an action that must be refused, and makes sure that it wrote nothing. */
  async function refused(action: () => Promise<unknown>, error: new (...args: never[]) => Error) {
    const before = await home.rows();
    const history = await (await home.store()).history({ limit: 1_000 });
    await expect(action()).rejects.toThrow(error);
    expect(await home.rows()).toEqual(before);
    expect(await (await home.store()).history({ limit: 1_000 })).toEqual(history);
  }

  test("get answers by the change as soon as updateItem resolves", async () => {
    const plugbay = await home.open(plugins);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    await plugbay.control.updateItem(idOf(plugbay, "carol"), { priority: -1 }, by);
    expect(plugbay.get(greeting)?.greet()).toBe("carol");
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "active", priority: -2 }, by);
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("updateItem answers with the item as it became", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    const updated = await plugbay.control.updateItem(
      id,
      { status: "reserve", priority: 32767, description: "the last resort" },
      { ...by, version: 1 },
    );
    expect(updated).toMatchObject({
      id,
      status: "reserve",
      priority: 32767,
      description: "the last resort",
      version: 2,
      revision: 2,
      readiness: { kind: "ready" },
    });
    expect(updated.differsFromCode).toEqual(["status", "priority", "description"]);
    const { type, readiness, differsFromCode, ...fields } = updated;
    expect(await home.item("alice")).toMatchObject(fields);
  });

  test("a change raises the version of its item and of no other", async () => {
    const plugbay = await home.open(plugins);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 9 }, by);
    expect(await home.item("alice")).toMatchObject({ version: 2, revision: 2 });
    expect(await home.item("bob")).toMatchObject({ version: 1, revision: 1 });
  });

  test("a change that changes nothing writes nothing", async () => {
    const plugbay = await home.open(plugins);
    const before = await home.rows();
    const [id] = ids(plugbay, "alice");
    await plugbay.control.updateItem(id ?? "", { status: "active", priority: 1, description: "" }, by);
    await plugbay.control.updateItem(id ?? "", {}, { ...by, version: 1 });
    expect(await plugbay.control.bulk(ids(plugbay, "alice", "bob"), "activate", by)).toMatchObject({
      changed: 0,
    });
    expect(await plugbay.control.bulk([], "disable", by)).toMatchObject({ changed: 0 });
    expect(await plugbay.control.reorder(ids(plugbay, "alice", "carol"), by)).toMatchObject({ changed: 0 });
    expect(await plugbay.control.restore(ids(plugbay, "alice"), by)).toMatchObject({ changed: 0 });
    expect(await plugbay.control.purge({ ...by, olderThanMs: 0 })).toEqual({ types: [], items: [] });
    expect(await home.rows()).toEqual(before);
    expect(await plugbay.control.history({ actor: by.actor })).toEqual([]);
  });

  test("an update from an old version is refused, shows the present item, and changes nothing", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    await plugbay.control.updateItem(id, { priority: 5 }, { ...by, version: 1 });
    const update = () => plugbay.control.updateItem(id, { priority: 6 }, { ...by, version: 1 });
    await refused(update, ConflictError);
    await expect(update()).rejects.toMatchObject({
      code: "CONFLICT",
      version: 1,
      current: { id, version: 2, priority: 5, type: { manager: "apps/greeting", name: "greeting" } },
    });
  });

  test("bulk disables, reserves and activates as many as it is given", async () => {
    const plugbay = await home.open(plugins);
    const both = ids(plugbay, "alice", "bob");
    expect(await plugbay.control.bulk(both, "disable", by)).toMatchObject({ changed: 2 });
    expect(plugbay.get(greeting)?.greet()).toBe("carol");
    expect(await plugbay.control.bulk([...both, ...both], "reserve", by)).toMatchObject({ changed: 2 });
    expect(names(plugbay)).toEqual(["carol", "alice", "bob"]);
    expect(await plugbay.control.bulk(ids(plugbay, "carol", "bob"), "activate", by)).toMatchObject({
      changed: 1,
    });
    expect(names(plugbay)).toEqual(["bob", "carol", "alice"]);
    expect((await home.rows()).revision).toBe(4);
  });

  test("raise takes 1 from every priority, lower adds 1", async () => {
    const plugbay = await home.open(plugins);
    await plugbay.control.bulk(ids(plugbay, "alice", "bob", "carol"), "raise", by);
    expect(plugbay.items(greeting).map(({ priority }) => priority)).toEqual([0, 1, 2]);
    await plugbay.control.bulk(ids(plugbay, "bob"), "lower", by);
    expect(await home.item("bob")).toMatchObject({ priority: 2, version: 3 });
  });

  test.each([
    ["raise", -32768],
    ["lower", 32767],
  ] as const)("a bulk %s past the end, %i, is refused for all of its items", async (action, end) => {
    const plugbay = await home.open(plugins);
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: end }, by);
    const all = ids(plugbay, "alice", "bob", "carol");
    await refused(() => plugbay.control.bulk(all, action, by), InvalidPriorityError);
  });

  test("one unknown id refuses the whole bulk action and is named", async () => {
    const plugbay = await home.open(plugins);
    const some = [...ids(plugbay, "alice"), unknownId, "not an id", ...ids(plugbay, "bob")];
    const bulk = () => plugbay.control.bulk(some, "disable", by);
    await refused(bulk, ItemNotFoundError);
    await expect(bulk()).rejects.toMatchObject({ ids: [unknownId, "not an id"] });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("a bulk action over 2,000 items is one revision", async () => {
    const people = Array.from({ length: 2_000 }, (_, index) => greeter(greeting, `person ${index}`));
    const plugbay = await home.open([greeting, people]);
    const all = plugbay.items(greeting).map(({ id }) => id);
    expect(await plugbay.control.bulk(all, "reserve", by)).toMatchObject({ changed: 2_000 });
    const rows = await home.rows();
    expect(rows.revision).toBe(2);
    expect(rows.items.every(({ status, version }) => status === "reserve" && version === 2)).toBe(true);
  });

  test("reorder puts items in the given order, and changes as few of them as it can", async () => {
    const plugbay = await home.open(plugins);
    const order = ids(plugbay, "carol", "alice", "bob");
    expect(await plugbay.control.reorder(order, by)).toMatchObject({ changed: 1 });
    expect(plugbay.items(greeting).map(({ name, priority }) => [name, priority])).toEqual([
      ["carol", -9],
      ["alice", 1],
      ["bob", 2],
    ]);
    expect(await plugbay.control.reorder(order, by)).toMatchObject({ changed: 0 });
  });

  test("reorder parts equal priorities, and can set a status in the same change", async () => {
    const equals = ["c", "b", "a"].map((name) => greeter(greeting, name));
    const plugbay = await home.open([greeting, equals]);
    await plugbay.control.reorder(ids(plugbay, "c", "a", "b"), { ...by, status: "reserve" });
    expect(plugbay.items(greeting).map(({ name, priority, status }) => [name, priority, status])).toEqual([
      ["c", -10, "reserve"],
      ["a", 0, "reserve"],
      ["b", 0, "reserve"],
    ]);
    expect((await home.rows()).revision).toBe(2);
  });

  test("an order over items of two types is refused", async () => {
    const farewell = greeterType("farewell");
    const plugbay = await home.open([greeting, alice, farewell, greeter(farewell, "dave")]);
    await refused(() => plugbay.control.reorder(ids(plugbay, "alice", "dave"), by), InvalidOptionError);
  });

  test.each([
    ["an id that no item has", unknownId, {}, ItemNotFoundError],
    ["an id that is none", "'; drop table plugbay_item; --", {}, ItemNotFoundError],
    ["an unknown status", "alice", { status: "enabled" }, InvalidStatusError],
    ["a status in capitals", "alice", { status: "ACTIVE" }, InvalidStatusError],
    ["priority 1.5", "alice", { priority: 1.5 }, InvalidPriorityError],
    ["priority 70000", "alice", { priority: 70_000 }, InvalidPriorityError],
    ["priority NaN", "alice", { priority: Number.NaN }, InvalidPriorityError],
    ["priority as text", "alice", { priority: "5" }, InvalidPriorityError],
    ["a description that is no text", "alice", { description: 7 }, InvalidNameError],
    ["a description with U+0000", "alice", { description: "a\0b" }, InvalidNameError],
    ["half of a surrogate pair", "alice", { description: "\ud83d" }, InvalidNameError],
    ["a field that operators do not set", "alice", { name: "mallory" }, InvalidOptionError],
    [
      "a good status beside a bad priority",
      "alice",
      { status: "disable", priority: 1e9 },
      InvalidPriorityError,
    ],
  ] as const)("an update with %s is refused and writes nothing", async (_, target, patch, error) => {
    const plugbay = await home.open(plugins);
    const id = target === "alice" ? idOf(plugbay, target) : target;
    await refused(() => plugbay.control.updateItem(id, patch as object, by), error);
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("a bulk action that does not exist is refused", async () => {
    const plugbay = await home.open(plugins);
    const all = ids(plugbay, "alice");
    for (const action of ["delete", "toString", "__proto__"]) {
      await refused(async () => plugbay.control.bulk(all, action as "raise", by), InvalidOptionError);
    }
  });

  test("a change by nobody is refused", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    await refused(() => plugbay.control.updateItem(id, { priority: 9 }, { actor: "" }), InvalidOptionError);
    await refused(async () => plugbay.control.bulk([id], "disable", { actor: "" }), InvalidOptionError);
  });

  test("items of another namespace cannot be changed by their ids", async () => {
    const neighbour = await home.open(plugins, { namespace: `${home.namespace}-2` });
    const plugbay = await home.open(plugins);
    const foreign = idOf(neighbour, "alice");
    await refused(() => plugbay.control.updateItem(foreign, { status: "disable" }, by), ItemNotFoundError);
    await refused(() => plugbay.control.retire([foreign], by), ItemNotFoundError);
    await neighbour.refresh();
    expect(neighbour.get(greeting)?.greet()).toBe("alice");
  });
});
