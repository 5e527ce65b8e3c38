import { definePlugin, definePluginType, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import type { PreviewedChange } from "../../src/control/preview/previewed-change.ts";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };

async function open() {
  const bench = await Workbench.create();
  const plugbay = await bench.open([
    otp,
    senderPlugin("sms", { priority: 1 }),
    senderPlugin("voice", { priority: 2 }),
    senderPlugin("email", { priority: 3, status: "reserve" }),
    senderPlugin("fax", { priority: 0, status: "disable" }),
  ]);
  const id = (name: string): string => idOf(plugbay, name);
  const first = async (change: PreviewedChange) => {
    const { types } = await plugbay.control.preview(change);
    const [type] = types;
    return { ...type, before: type?.before?.name, after: type?.after?.name };
  };
  return { bench, plugbay, id, first };
}

const idOf = (plugbay: Plugbay, wanted: string): string =>
  plugbay.items(otp).find(({ name }) => name === wanted)?.id ?? "";

test("a preview says which item would serve, and is what the change then does", async () => {
  const { plugbay, id, first } = await open();
  const changes: readonly PreviewedChange[] = [
    { items: [id("sms")], action: "disable" },
    { items: [id("voice")], action: "hold" },
    { first: id("fax") },
    { items: [id("sms")], action: "activate" },
    { order: [id("email"), id("voice"), id("sms")], status: "active" },
    { updates: [{ id: id("email"), priority: 99 }] },
  ];
  for (const change of changes) {
    const { before, after } = await first(change);
    if (before !== undefined) expect(before).toBe(plugbay.selected(otp)?.name);
    await make(plugbay, change);
    if (after !== undefined) expect(plugbay.selected(otp)?.name).toBe(after);
  }
  expect(plugbay.selected(otp)?.name).toBe("fax");
});

async function make({ control }: Plugbay, change: PreviewedChange): Promise<void> {
  if ("order" in change) await control.reorder(change.order, { ...alice, status: "active" });
  else if ("updates" in change) await control.updateItems(change.updates, alice);
  else if ("first" in change) await control.serveNow(change.first, alice);
  else if ("revert" in change) {
    const { revert } = change;
    await (typeof revert === "number" ? control.revertAll(revert, alice) : control.revert(revert, alice));
  } else if ("add" in change) throw new Error("An item is added under a label, with a config.");
  else if (change.action === "hold") {
    for (const id of change.items as string[]) await control.hold(id, { reason: "maintenance" }, alice);
  } else await control.bulk(change.items, change.action as "disable", alice);
}

test("of a revert it says what the revert then does", async () => {
  const { plugbay, id, first } = await open();
  const { revision } = await plugbay.control.bulk([id("sms"), id("voice")], "disable", alice);
  expect(await first({ revert: revision })).toMatchObject({
    ...{ effect: "switched", after: "sms", changed: 2, isUntried: true },
  });
  expect(plugbay.selected(otp)?.name).not.toBe("sms");
  await make(plugbay, { revert: revision });
  expect(plugbay.selected(otp)?.name).toBe("sms");
  await expect(first({ revert: revision })).rejects.toThrow("was changed again since");
});

test("of a revert of one entry it says what that then does", async () => {
  const { plugbay, id, first } = await open();
  await plugbay.control.bulk([id("sms"), id("voice")], "disable", alice);
  const entries = await plugbay.control.history({ entityId: id("voice"), limit: 1 });
  const [entry] = entries.map(({ revision, position }) => ({ revision, position }));
  if (entry === undefined) throw new Error("the history has no entry about the item");
  expect(await first({ revert: entry })).toMatchObject({
    ...{ effect: "switched", before: "email", after: "voice", changed: 1 },
  });
  await make(plugbay, { revert: entry });
  expect(plugbay.selected(otp)?.name).toBe("voice");
  await expect(first({ revert: entry })).rejects.toThrow("was changed again since");
});

test("the effects are told apart, and nothing is written", async () => {
  const { plugbay, id, first } = await open();
  const history = await plugbay.control.history();
  expect(await first({ items: [id("sms")], action: "disable" })).toMatchObject({
    ...{ effect: "switched", before: "sms", after: "voice", changed: 1, isUntried: false },
  });
  expect(await first({ items: [id("sms"), id("voice")], action: "retire" })).toMatchObject({
    ...{ effect: "switched", after: "email", changed: 2 },
  });
  expect(await first({ items: { query: { type: "otp" } }, action: "disable" })).toMatchObject({
    ...{ effect: "unserved", before: "sms", after: undefined },
  });
  expect(await first({ items: [id("voice")], action: "lower" })).toMatchObject({
    ...{ effect: "same", before: "sms", after: "sms" },
  });
  expect(await plugbay.control.preview({ items: [id("sms")], action: "activate" })).toMatchObject({
    ...{ changed: 0, types: [] },
  });
  expect(await plugbay.control.history()).toEqual(history);
});

test("what was out of use so far is taken to work, and told to be untried", async () => {
  const { id, first } = await open();
  expect(await first({ items: [id("fax")], action: "activate" })).toMatchObject({
    ...{ effect: "switched", before: "sms", after: "fax", isUntried: true },
  });
  expect(await first({ updates: [{ id: id("sms"), config: { host: "a" } }] })).toMatchObject({
    ...{ effect: "same", after: "sms", isUntried: true },
  });
});

test("an item that failed does not count as one that would serve", async () => {
  const { bench } = await open();
  const refuse = (): never => {
    throw new Error("no credit");
  };
  const other = await bench.open([
    ...[otp, senderPlugin("sms", { create: refuse }), senderPlugin("voice"), senderPlugin("fax")],
  ]);
  const { types } = await other.control.preview({ items: [idOf(other, "voice")], action: "disable" });
  expect(types).toMatchObject([{ effect: "unserved", before: { name: "voice" }, after: null }]);
});

test("a bulk change counts the types by what happens to them, the gravest first", async () => {
  const bench = await Workbench.create();
  const types = ["a", "b", "c"].map((name) =>
    definePluginType<OtpSender>({ name, manager: "apps/otp", methods: { sendOtp: "required" } }),
  );
  const plugbay = await bench.open([
    ...types,
    ...types.flatMap((type, at) =>
      Array.from({ length: at + 1 }, (_, place) =>
        definePlugin(type, {
          ...{ name: `${type.name}${place}`, module: place === 0 ? "apps/sms" : "apps/spare" },
          create: () => new Sender("x"),
        }),
      ),
    ),
  ]);
  const result = await plugbay.control.preview({
    ...{ items: { query: { module: "apps/sms" } }, action: "disable" },
  });
  expect(result.effects).toEqual({ unserved: 1, switched: 2, served: 0, same: 0, unknown: 0 });
  expect(result.types.map(({ type, effect }) => `${type.name} ${effect}`)).toEqual([
    ...["a unserved", "b switched", "c switched"],
  ]);
});

test("a type whose selector wants arguments is unknown, and one that does without is asked", async () => {
  const bench = await Workbench.create();
  const byLabel = definePluginType<OtpSender>({
    ...{ name: "by label", manager: "apps/otp", methods: { sendOtp: "required" } },
  }).withSelector((candidates, wanted: { readonly name: string }) =>
    candidates.active.find(({ name }) => name === wanted.name),
  );
  const last = definePluginType<OtpSender>({
    ...{ name: "last", manager: "apps/otp", methods: { sendOtp: "required" } },
  }).withSelector((candidates) => candidates.active.at(-1));
  const plugbay = await bench.open([
    byLabel,
    last,
    ...["one", "two"].flatMap((name) =>
      [byLabel, last].map((type) =>
        definePlugin(type as never, { name, module: "apps/sms", create: () => new Sender(name) } as never),
      ),
    ),
  ]);
  const { types } = await plugbay.control.preview({ items: { query: { search: "two" } }, action: "disable" });
  expect(types.map(({ type, effect, after }) => [type.name, effect, after?.name])).toEqual([
    ["last", "switched", "one"],
    ["by label", "unknown", undefined],
  ]);
});

test("it is refused what the change would be refused, and rubbish", async () => {
  const { plugbay, id } = await open();
  const { control } = plugbay;
  const reader = control.limitedTo({ access: "read" });
  await expect(reader.preview({ items: [id("sms")], action: "disable" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(control.preview({ items: ["nothing"], action: "disable" })).rejects.toMatchObject({
    code: "ITEM_NOT_FOUND",
  });
  await expect(
    control.preview({ items: { versions: { [id("sms")]: 9 } }, action: "hold" }),
  ).rejects.toMatchObject({
    code: "CONFLICT",
  });
  for (const rubbish of [null, {}, { items: [], action: "explode" }, { order: [], until: 1 }])
    await expect(control.preview(rubbish as never)).rejects.toMatchObject({ kind: "invalid" });
});

test("of an item to be added it says what would serve, taken to work, and writes nothing", async () => {
  const bench = await Workbench.create();
  const config = z.object({ host: z.string() });
  const relay = definePlugin(otp, {
    ...{ name: "relay", module: "apps/channels", priority: 5, config },
    create: ({ config: { host } }) => new Sender(host),
  });
  const { control } = await bench.open([otp, senderPlugin("sms", { priority: 1 }), relay]);
  const history = await control.history();
  const add = { type: otp, module: "apps/channels", name: "relay" };
  const effect = async (item: object) => {
    const { changed, types } = await control.preview({ add: { ...add, ...item } });
    return {
      changed,
      effect: types[0]?.effect,
      after: types[0]?.after?.name,
      isUntried: types[0]?.isUntried,
    };
  };
  expect(await effect({})).toEqual({ changed: 1, effect: "same", after: "sms", isUntried: false });
  expect(await effect({ priority: 0 })).toEqual({
    ...{ changed: 1, effect: "switched", after: "relay", isUntried: true },
  });
  expect(await effect({ priority: 0, status: "reserve" })).toMatchObject({ effect: "same", after: "sms" });
  await control.bulk({ query: { type: "otp" } }, "disable", alice);
  expect(await effect({ status: "reserve" })).toMatchObject({ effect: "served", after: "relay" });
  expect(await effect({ status: "disable" })).toMatchObject({ effect: "same", after: undefined });
  expect(await control.history()).toHaveLength(history.length + 1);
  const refused = [
    [{ ...add, name: "nothing" }, "UNKNOWN_PLUGIN"],
    [{ ...add, name: "sms" }, "NOT_CONFIGURABLE"],
    [{ ...add, type: { manager: "apps/otp", name: "none" } }, "UNKNOWN_TYPE"],
    [{ ...add, label: "eu" }, "UNKNOWN_OPTION"],
    [7, "INVALID_OPTION"],
  ] as const;
  for (const [item, code] of refused) {
    await expect(control.preview({ add: item as typeof add }), code).rejects.toMatchObject({ code });
  }
  const reader = control.limitedTo({ access: "read" });
  await expect(reader.preview({ add })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
