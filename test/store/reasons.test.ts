import { ForbiddenError, InvalidOptionError, type Plugbay, ReasonRequiredError } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob, carol];
const by = { actor: "olga" };

onEveryDatabase((home) => {
  const reasons = async ({ control }: Plugbay, reason?: string) =>
    (await control.history({ ...(reason !== undefined && { reason }), actor: "olga" })).map(
      (entry) => entry.reason,
    );

  test("a reason is kept with every row of its change, and none where nobody gave one", async () => {
    const plugbay = await home.open(plugins);
    const [a, b] = ["alice", "bob"].map((name) => idOf(plugbay, name)) as [string, string];
    await plugbay.control.bulk([a, b], "disable", {
      ...by,
      reason: "  INC-4211: lost messages\nsince 3 am ",
    });
    await plugbay.control.updateItem(a, { status: "active" }, { ...by, reason: "  " });
    expect(await reasons(plugbay)).toEqual([
      null,
      "INC-4211: lost messages\nsince 3 am",
      "INC-4211: lost messages\nsince 3 am",
    ]);
  });

  test("every call that writes keeps its reason", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    const [a, b, c] = ["alice", "bob", "carol"].map((name) => idOf(plugbay, name)) as [
      string,
      string,
      string,
    ];
    const document = await control.exportItems();
    const writes: Record<string, (reason: string) => Promise<unknown>> = {
      updateItem: (reason) => control.updateItem(a, { priority: 40 }, { ...by, reason }),
      updateItems: (reason) => control.updateItems([{ id: b, priority: 41 }], { ...by, reason }),
      bulk: (reason) => control.bulk([a], "raise", { ...by, reason }),
      reorder: (reason) => control.reorder([c, b, a], { ...by, reason, status: "reserve" }),
      hold: (reason) => control.hold(a, { reason: "down" }, { ...by, reason }),
      release: (reason) => control.release(a, { ...by, reason }),
      import: (reason) => control.import(document, { ...by, reason, managed: true }),
      unmanage: (reason) => control.unmanage([a, b, c], { ...by, reason }),
      revert: async (reason) => {
        await control.updateItem(a, { description: "x" }, by);
        const [entry] = await control.history({ limit: 1 });
        if (entry) await control.revert(entry, { ...by, reason });
      },
      retire: (reason) => control.retire([a], { ...by, reason }),
      restore: (reason) => control.restore([a], { ...by, reason }),
      purge: async (reason) => {
        await control.retire([b], by);
        await control.purge({ ids: [b], ...by, reason });
      },
    };
    for (const [name, write] of Object.entries(writes)) {
      await write(`because of ${name}`);
      expect((await control.history({ limit: 1 }))[0]?.reason, name).toBe(`because of ${name}`);
    }
  });

  test("a hold's own reason is that of the change", async () => {
    const plugbay = await home.open(plugins);
    await plugbay.control.hold(idOf(plugbay, "alice"), { reason: "maintenance\tat night" }, by);
    expect(await reasons(plugbay)).toEqual(["maintenance at night"]);
  });

  test("a sync has no reason", async () => {
    const plugbay = await home.open(plugins);
    expect((await plugbay.control.history()).every(({ reason }) => reason === null)).toBe(true);
  });

  test("changes are found by a part of their reason, whatever is in it", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    const given = ["100% of Calls failed!", "100 calls_failed", "Übergabe O'Neil \\ 🙂", "calls-failed"];
    for (const [priority, reason] of given.entries()) {
      await plugbay.control.updateItem(id, { priority: priority + 50 }, { ...by, reason });
    }
    const found = async (part: string) => (await reasons(plugbay, part)).toReversed();
    expect(await found("calls")).toEqual([given[0], given[1], given[3]]);
    expect(await found("100%")).toEqual([given[0]]);
    expect(await found("s_f")).toEqual([given[1]]);
    expect(await found("failed!")).toEqual([given[0]]);
    expect(await found("Übergabe O'Neil \\ 🙂")).toEqual([given[2]]);
    expect(await found("nothing like it")).toEqual([]);
  });

  test.each([
    ["too long", "a".repeat(501)],
    ["with a control character", "a\tb"],
    ["with U+0000", "a\0b"],
    ["with half of a surrogate pair", "\ud83d"],
    ["that is no text", 7 as unknown as string],
  ])("a reason %s is refused and nothing is changed", async (_, reason) => {
    const plugbay = await home.open(plugins);
    const before = await home.rows();
    const change = plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 9 }, { ...by, reason });
    await expect(change).rejects.toThrow(InvalidOptionError);
    expect(await home.rows()).toEqual(before);
  });

  test("500 characters of any plane are a reason", async () => {
    const plugbay = await home.open(plugins);
    const reason = "🙂".repeat(500);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 9 }, { ...by, reason });
    expect(await reasons(plugbay)).toEqual([reason]);
  });

  test("where reasons are required, a change without one is refused, a sync and a check are not", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    const control = plugbay.control.limitedTo({ access: "write", requireReason: true });
    const before = await home.rows();
    for (const reason of [undefined, "", " \n "]) {
      await expect(control.bulk([id], "disable", { ...by, reason })).rejects.toThrow(ReasonRequiredError);
    }
    expect(await home.rows()).toEqual(before);
    expect(await control.bulk([id], "disable", { ...by, reason: "why" })).toMatchObject({ changed: 1 });
    await control.hold(idOf(plugbay, "bob"), { reason: "down" }, by);
    await (await home.open([...plugins, greeter(greeting, "dave")])).sync();
    const reader = plugbay.control.limitedTo({ access: "read", requireReason: true });
    await expect(reader.bulk([id], "activate", by)).rejects.toThrow(ForbiddenError);
  });
});
