import { createRegistry, type Plugbay, type PluginItem } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemOf, Workbench } from "./workbench.ts";

const alice = { actor: "alice" };
const [sms, mail] = [senderPlugin("sms"), senderPlugin("mail", { priority: 1 })];

let bench: Workbench;
let plugbay: Plugbay;
let smsItem: PluginItem;
beforeEach(async () => {
  bench = await Workbench.create();
  plugbay = await bench.open([otp, sms, mail]);
  smsItem = itemOf(plugbay.items(otp), "sms");
});

/** A version without sms takes over the database, which this process then follows. */
async function pruneElsewhere(): Promise<Plugbay> {
  const newer = await bench.open([otp, mail]);
  await newer.sync({ prune: true });
  await plugbay.refresh();
  return newer;
}

const reasons = (of: Plugbay) => of.explain(otp).map(({ item, reason }) => `${item.name}: ${reason}`);

test("what another version's sync retired is served on, by the same instance, where the code has it", async () => {
  const before = plugbay.get(otp);
  const newer = await pruneElsewhere();
  expect(newer.get(otp)?.by).toBe("mail");
  expect(reasons(newer)).toEqual(["mail: selected", "sms: retired"]);

  expect(plugbay.get(otp)).toBe(before);
  expect(plugbay.selected(otp)?.id).toBe(smsItem.id);
  expect(plugbay.getById(otp, smsItem.id)).toBe(before);
  expect(plugbay.getAll(otp).map(({ by }) => by)).toEqual(["sms", "mail"]);
  expect(plugbay.items(otp).map(({ name }) => name)).toEqual(["sms", "mail"]);
  expect(reasons(plugbay)).toEqual(["sms: selected", "mail: lower-priority"]);
  expect(plugbay.readiness(smsItem)).toEqual({ kind: "ready" });
  expect(await plugbay.run(otp, ({ by }) => by)).toBe("sms");
});

test("operators see it among the retired ones, and may still put it out of use", async () => {
  await pruneElsewhere();
  const names = async (retired: boolean) =>
    (await plugbay.control.list({ retired })).items.map(({ name }) => name);
  expect(await names(false)).toEqual(["mail"]);
  expect(await names(true)).toEqual(["sms"]);

  await plugbay.control.updateItem(smsItem.id, { status: "disable" }, alice);
  expect(plugbay.get(otp)?.by).toBe("mail");
  await plugbay.control.updateItem(smsItem.id, { status: "reserve" }, alice);
  expect(reasons(plugbay)).toEqual(["mail: selected", "sms: reserve"]);
});

test("what an operator retired is not served, though a sync prunes it as well", async () => {
  await plugbay.control.retire([smsItem.id], alice);
  await pruneElsewhere();
  expect(reasons(plugbay)).toEqual(["mail: selected", "sms: retired"]);
  expect(plugbay.getById(otp, smsItem.id)).toBeUndefined();
});

test("a process that starts without a sync serves it, and the next sync of its version brings it back", async () => {
  await pruneElsewhere();
  const started = await bench.open([otp, sms, mail], { sync: false });
  expect(started.get(otp)?.by).toBe("sms");
  expect(snapshotOf(started).types.values().next().value?.items.at(-1)).toMatchObject({ retiredBy: "sync" });

  await started.sync();
  expect(started.selected(otp)).toMatchObject({ id: smsItem.id, retiredAt: null, retiredBy: null });
});

test("a plugin that is registered later is served from then on", async () => {
  await pruneElsewhere();
  const registry = createRegistry([otp, mail]);
  const late = await bench.open(registry, { sync: false });
  expect(late.get(otp)?.by).toBe("mail");
  registry.register(sms);
  await late.refresh();
  expect(late.get(otp)?.by).toBe("sms");
});

test("of a type that was retired whole, a process serves what its code has", async () => {
  const newer = await bench.open([]);
  await newer.sync({ prune: true });
  await plugbay.refresh();
  expect(plugbay.getAll(otp).map(({ by }) => by)).toEqual(["sms", "mail"]);
});
