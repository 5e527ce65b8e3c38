import { definePlugin, type Events, type Plugbay, type PluginItem } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Workbench } from "./workbench.ts";

const by = { actor: "ann" };
const minute = 60_000;
const hour = 60 * minute;
const plugins = [
  otp,
  senderPlugin("sms", { priority: 1 }),
  senderPlugin("mail", { priority: 2 }),
  senderPlugin("fax", { status: "reserve" }),
  senderPlugin("pager", { status: "disable" }),
];

let bench: Workbench;
let plugbay: Plugbay;
beforeEach(async () => {
  bench = await Workbench.create();
  plugbay = await bench.open(plugins);
});

const itemOf = (of: Plugbay, name: string): PluginItem => {
  const item = of.items(otp).find((one) => one.name === name);
  if (item === undefined) throw new Error(`no item is called ${name}`);
  return item;
};
const idOf = (name: string) => itemOf(plugbay, name).id;
const lead = (name: string, forMs = hour) => plugbay.control.serveNow(idOf(name), { forMs, ...by });
const serving = (of = plugbay) => of.selected(otp)?.name;
const order = (of = plugbay) => of.items(otp).map(({ name }) => name);
const asBefore = ["sms", "mail", "fax", "pager"];

test.each(["mail", "fax", "pager"])(
  "%s leads for a while, and nothing but its lead is written",
  async (name) => {
    const { status, priority } = itemOf(plugbay, name);
    expect(await lead(name)).toMatchObject({ changed: 1 });
    expect(serving()).toBe(name);
    expect(plugbay.get(otp)).toEqual(new Sender(name));
    expect(plugbay.getAll(otp)[0]).toEqual(new Sender(name));
    expect(await plugbay.run(otp, (_, { item }) => item.name)).toBe(name);
    expect(order()).toEqual([name, ...asBefore.filter((one) => one !== name)]);
    expect(itemOf(plugbay, name)).toMatchObject({ status, priority, lead: { by: "ann" } });
    expect(plugbay.explain(otp)[0]).toMatchObject({ reason: "selected", item: { name } });
  },
);

test("after it everything is as before, in every process, at its time and without a write", async () => {
  const other = await bench.open(plugins);
  await lead("pager");
  await other.refresh();
  const late = await bench.open(plugins);
  const before = plugbay.state;
  await bench.clock.advance(hour - 1);
  for (const process of [plugbay, other, late]) expect(serving(process)).toBe("pager");
  await bench.clock.advance(1);
  for (const process of [plugbay, other, late]) {
    expect(serving(process)).toBe("sms");
    expect(order(process)).toEqual(asBefore);
    expect(itemOf(process, "pager").lead).toBeUndefined();
    expect(process.explain(otp).find(({ item }) => item.name === "pager")?.reason).toBe("disabled");
    expect(process.getAll(otp)).toEqual([new Sender("sms"), new Sender("mail")]);
  }
  await other.refresh();
  expect(other.state).toMatchObject({ revision: "revision" in before && before.revision });
  expect(order(await bench.open(plugins))).toEqual(asBefore);
});

test("its end is told by an event", async () => {
  const heard: Events["readiness"][] = [];
  await lead("mail", minute);
  plugbay.on("readiness", (event) => heard.push(event));
  await bench.clock.advance(minute);
  expect(heard).toEqual([{ item: itemOf(plugbay, "mail"), readiness: { kind: "ready" } }]);
});

test("when what leads is in trouble, calls go on to the rest of the order", async () => {
  await lead("fax");
  const refused = Object.assign(new Error("down"), { code: "ECONNREFUSED" });
  const call = () =>
    plugbay.run(otp, (_, { item }) => (item.name === "fax" ? Promise.reject(refused) : item.name));
  for (let count = 0; count < 5; count += 1) expect(await call()).toBe("sms");
  expect(plugbay.readiness(itemOf(plugbay, "fax")).kind).toBe("cooling");
  expect(serving()).toBe("sms");
  expect(itemOf(plugbay, "fax").lead).toBeDefined();
});

test("what is held while it leads gets no calls; both ends come at their times", async () => {
  await lead("mail", 2 * hour);
  await plugbay.control.hold(idOf("mail"), { reason: "r", forMs: hour }, by);
  expect(serving()).toBe("sms");
  await bench.clock.advance(hour);
  expect(serving()).toBe("mail");
  await bench.clock.advance(hour);
  expect(serving()).toBe("sms");
});

test("a hold ends by the lead, and what its calls had put aside has calls again", async () => {
  await plugbay.runAll(otp, () => Promise.reject(Object.assign(new Error("HTTP 401"), { status: 401 })));
  expect(plugbay.readiness(itemOf(plugbay, "mail")).kind).toBe("cooling");
  await plugbay.control.hold(idOf("mail"), { reason: "r" }, by);
  await lead("mail");
  expect(itemOf(plugbay, "mail").hold).toBeUndefined();
  expect(plugbay.readiness(itemOf(plugbay, "mail")).kind).toBe("ready");
  expect(serving()).toBe("mail");
});

test("while a plugin that is disabled is made for its lead, the others serve", async () => {
  let finish: (sender: Sender) => void = () => undefined;
  const slow = definePlugin(otp, {
    ...{ name: "slow", module: "apps/slow", status: "disable" },
    create: () => new Promise<Sender>((resolve) => (finish = resolve)),
  });
  const process = await bench.open([...plugins, slow]);
  const leading = process.control.serveNow(itemOf(process, "slow").id, { forMs: hour, ...by });
  await expect.poll(() => itemOf(process, "slow").lead).toBeDefined();
  expect(serving(process)).toBe("sms");
  finish(new Sender("slow"));
  await leading;
  await expect.poll(() => serving(process)).toBe("slow");
  await bench.clock.advance(hour);
  expect(serving(process)).toBe("sms");
});

test("a selector has what leads first among the active ones", async () => {
  const choice = otp.withSelector(({ active }) => active[0]);
  const selecting = await bench.open([choice, ...plugins.slice(1)]);
  await selecting.control.serveNow(itemOf(selecting, "pager").id, { forMs: hour, ...by });
  expect(selecting.selected(choice)?.name).toBe("pager");
  await bench.clock.advance(hour);
  expect(selecting.selected(choice)?.name).toBe("sms");
});

test("a process without its plugin, and one that has it as retired, go by the order", async () => {
  await lead("pager");
  const older = await bench.open(plugins.slice(0, 3));
  expect(serving(older)).toBe("sms");
  await plugbay.control.retire([idOf("pager")], by);
  expect(serving()).toBe("sms");
});

test("holds and leads wait by one timer, and none is left when they are over", async () => {
  const pending = () => bench.clock.pending;
  const atFirst = pending();
  await lead("mail", hour);
  await plugbay.control.hold(idOf("sms"), { reason: "r", forMs: 2 * hour }, by);
  expect(pending()).toBe(atFirst + 1);
  await plugbay.control.endLead(idOf("mail"), by);
  await plugbay.control.release(idOf("sms"), by);
  expect(pending()).toBe(atFirst);
  await lead("mail", hour);
  await plugbay.close();
  expect(pending()).toBeLessThanOrEqual(atFirst);
});

test("a row whose lead somebody garbled is served by its status, and is told of", async () => {
  const warnings = collectWarnings();
  const db = bench.database.db;
  await db.updateTable("plugbay_item").set({ item_lead: "{oops" }).where("name", "=", "mail").execute();
  await db.updateTable("plugbay_item").set({ item_lead: '{"by":"r"}' }).where("name", "=", "fax").execute();
  const later = await bench.open(plugins);
  expect(order(later)).toEqual(asBefore);
  expect(warnings.join("\n")).toMatch(/item_lead/);
});
