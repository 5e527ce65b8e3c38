import { ConflictError, EntryNotFoundError, ForbiddenError, InvalidOptionError } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob, carol];
const by = { actor: "olga" };

onEveryDatabase((home) => {
  test("a bulk change is one change set, with who made it, why, and how much it is", async () => {
    const many = Array.from({ length: 30 }, (_, index) => greeter(greeting, `greeter ${index}`));
    const { control } = await home.open([greeting, ...many]);
    const { revision } = await control.bulk({ query: { status: "active" } }, "disable", {
      ...by,
      reason: "INC-4211",
    });
    const [set, first, ...others] = await control.changeSets();
    expect(set).toMatchObject({ revision, actor: "olga", source: "api", reason: "INC-4211", total: 30 });
    expect(set?.entries.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(set?.isRevertible).toBe(true);
    expect(first).toMatchObject({ revision: 1, source: "sync", total: 31, isRevertible: false });
    expect(others).toEqual([]);
    expect((await control.changeSet(revision)).entries).toHaveLength(30);
  });

  test("change sets are asked for by what is in them, and page by page", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    const [a, b] = ["alice", "bob"].map((name) => idOf(plugbay, name)) as [string, string];
    await control.updateItem(a, { priority: 5 }, { actor: "ann", reason: "first" });
    await control.bulk([a, b], "raise", { ...by, reason: "second" });
    await control.updateItem(b, { priority: 6 }, by);
    const revisions = async (query: Parameters<typeof control.changeSets>[0]) =>
      (await control.changeSets(query)).map(({ revision }) => revision);
    expect(await revisions({})).toEqual([4, 3, 2, 1]);
    expect(await revisions({ entityId: a })).toEqual([3, 2, 1]);
    expect(await revisions({ actor: "olga" })).toEqual([4, 3]);
    expect(await revisions({ reason: "SECOND" })).toEqual([3]);
    expect(await revisions({ limit: 2 })).toEqual([4, 3]);
    expect(await revisions({ limit: 2, before: 3 })).toEqual([2, 1]);
    await expect(control.changeSets({ limit: 0 })).rejects.toThrow(InvalidOptionError);
    await expect(control.changeSet(99)).rejects.toThrow(EntryNotFoundError);
    await expect(control.changeSet(-1)).rejects.toThrow(InvalidOptionError);
  });

  test("all of a change set is reverted by one change, which its plan has shown", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    const ids = ["alice", "bob", "carol"].map((name) => idOf(plugbay, name));
    const before = plugbay.items(greeting).map(({ name, status }) => [name, status]);
    await control.bulk(ids.slice(0, 1), "reserve", by);
    const reserved = plugbay.items(greeting).map(({ name, status }) => [name, status]);
    const { revision } = await control.bulk(ids, "disable", by);

    const plan = await control.planRevertAll(revision);
    expect(plan.items.map(({ after }) => after).sort()).toEqual(
      expect.arrayContaining([{ status: "active" }, { status: "active" }, { status: "reserve" }]),
    );
    const undone = await control.revertAll(revision, { ...by, reason: "it was not the provider" });
    expect(undone).toEqual({ changed: 3, revision: revision + 1 });
    expect(plugbay.items(greeting).map(({ name, status }) => [name, status])).toEqual(reserved);
    expect(await control.changeSet(undone.revision)).toMatchObject({
      total: 3,
      reason: "it was not the provider",
      isRevertible: true,
    });
    expect(await control.changeSet(revision)).toMatchObject({ isRevertible: false });
    expect(reserved).not.toEqual(before);
  });

  test("where one of its items was changed again since, nothing of it is reverted", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    const ids = ["alice", "bob", "carol"].map((name) => idOf(plugbay, name)) as [string, string, string];
    const { revision } = await control.bulk(ids, "disable", by);
    await control.updateItem(ids[1], { status: "active" }, by);
    const { entries } = await control.changeSet(revision);
    expect(entries.map((entry) => control.whyNotRevertible(entry))).toEqual([
      ...[undefined, "changed-since", undefined],
    ]);
    const rows = await home.rows();
    await expect(control.planRevertAll(revision)).rejects.toThrow(ConflictError);
    await expect(control.revertAll(revision, by)).rejects.toThrow(/bob.*status/);
    expect(await home.rows()).toEqual(rows);
  });

  test("what is no change of operators' decisions, and who may not change it, is refused", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    await expect(control.revertAll(1, by)).rejects.toThrow(InvalidOptionError);
    await expect(control.revertAll(99, by)).rejects.toThrow(EntryNotFoundError);
    const { revision } = await control.bulk([idOf(plugbay, "alice")], "disable", by);
    const reader = control.limitedTo({ access: "read" });
    await expect(reader.revertAll(revision, by)).rejects.toThrow(ForbiddenError);
    const set = await reader.changeSet(revision);
    expect(set.isRevertible).toBe(false);
    expect(set.entries.map((entry) => reader.whyNotRevertible(entry))).toEqual(["access"]);
    const [created] = (await control.changeSet(1)).entries;
    if (created) expect(control.whyNotRevertible(created)).toBe("kind");
  });

  test("under a key a change set is reverted once", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    const { revision } = await control.bulk([idOf(plugbay, "alice")], "disable", by);
    const undo = () => control.revertAll(revision, { ...by, key: "undo-1" });
    expect(await undo()).toEqual(await undo());
  });
});
