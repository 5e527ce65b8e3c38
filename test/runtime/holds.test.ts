import { definePlugin, type Events, NoPluginAvailableError, type Plugbay, type PluginItem } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/time/clock.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Workbench } from "./workbench.ts";

const by = { actor: "ann" };
const minute = 60_000;
const day = 24 * 60 * minute;
const plugins = [
  otp,
  senderPlugin("sms", { priority: 1 }),
  senderPlugin("mail", { priority: 2 }),
  senderPlugin("fax", { status: "reserve" }),
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
const hold = (name: string, until?: number) =>
  plugbay.control.hold(itemOf(plugbay, name).id, { reason: "maintenance", until }, by);
const release = (name: string) => plugbay.control.release(itemOf(plugbay, name).id, by);
const serving = (of = plugbay) => of.selected(otp)?.name;
const explained = (name: string, of = plugbay) => of.explain(otp).find(({ item }) => item.name === name);

test("a held item is chosen by nothing, and the next one serves", async () => {
  const before = plugbay.get(otp);
  await hold("sms");
  expect(serving()).toBe("mail");
  expect(plugbay.getAll(otp)).toEqual([new Sender("mail")]);
  expect(await plugbay.run(otp, (_, { item }) => item.name)).toBe("mail");
  await hold("mail");
  expect(serving()).toBe("fax");
  await release("sms");
  expect(serving()).toBe("sms");
  expect(plugbay.get(otp)).toBe(before);
});

test("where all are held nothing serves, not even as the last resort", async () => {
  for (const name of ["sms", "mail", "fax"]) await hold(name);
  expect(plugbay.get(otp)).toBeUndefined();
  expect(plugbay.getAll(otp)).toEqual([]);
  expect(plugbay.lease(otp)).toBeUndefined();
  expect(() => plugbay.require(otp)).toThrow(/sms is held by ann \(maintenance\)/);
  await expect(plugbay.run(otp, () => 1)).rejects.toThrow(NoPluginAvailableError);
});

test("a held item keeps its status, place and instance, and is given by its id", async () => {
  const { id } = itemOf(plugbay, "sms");
  const instance = plugbay.getById(otp, id);
  await hold("sms", bench.clock.now() + minute);
  expect(plugbay.getById(otp, id)).toBe(instance);
  expect(plugbay.items(otp).map(({ name, status }) => [name, status])).toEqual([
    ["sms", "active"],
    ["mail", "active"],
    ["fax", "reserve"],
  ]);
  expect(explained("sms")).toMatchObject({
    reason: "held",
    readiness: { kind: "held", until: bench.clock.now() + minute, reason: "maintenance", by: "ann" },
  });
  await bench.clock.advance(minute);
  expect(plugbay.get(otp)).toBe(instance);
});

test("a held item that is disabled, retired or missing is said to be that", async () => {
  const { id } = itemOf(plugbay, "sms");
  await hold("sms");
  const other = await bench.open([otp, senderPlugin("mail")]);
  expect(explained("sms", other)?.reason).toBe("missing");
  await plugbay.control.updateItem(id, { status: "disable" }, by);
  expect(explained("sms")?.reason).toBe("disabled");
  await plugbay.control.retire([id], by);
  expect(explained("sms")?.reason).toBe("retired");
  await plugbay.control.restore([id], by);
  await plugbay.control.updateItem(id, { status: "active" }, by);
  expect(explained("sms")).toMatchObject({ reason: "held", readiness: { until: undefined } });
});

test("a selector has no held item among its candidates, and cannot choose one", async () => {
  const choice = otp.withSelector(
    ({ active, reserve }, pick?: PluginItem) => pick ?? active[0] ?? reserve[0],
  );
  const selecting = await bench.open([choice, ...plugins.slice(1)]);
  const [sms] = selecting.items(choice);
  await selecting.control.hold(sms?.id ?? "", { reason: "r" }, by);
  const held = selecting.items(choice).find(({ name }) => name === "sms");
  expect(selecting.selected(choice)?.name).toBe("mail");
  for (const pick of [sms, held]) {
    expect(() => selecting.get(choice, pick)).toThrow(/not one of its candidates/);
  }
});

test("an item comes back by itself in each process, at its time and without a write", async () => {
  const other = await bench.open(plugins);
  await hold("sms", bench.clock.now() + 15 * minute);
  await hold("mail", bench.clock.now() + 20 * minute);
  await other.refresh();
  const late = await bench.open(plugins);
  const before = plugbay.state;
  await bench.clock.advance(15 * minute - 1);
  for (const process of [plugbay, other, late]) expect(serving(process)).toBe("fax");
  await bench.clock.advance(1);
  for (const process of [plugbay, other, late]) {
    expect(serving(process)).toBe("sms");
    expect(itemOf(process, "sms").hold).toBeUndefined();
    expect(explained("mail", process)?.reason).toBe("held");
  }
  await bench.clock.advance(5 * minute);
  expect(explained("mail", other)?.reason).toBe("lower-priority");
  await other.refresh();
  expect(other.state).toMatchObject({ revision: "revision" in before && before.revision });
  expect((await bench.open(plugins)).items(otp).map(({ hold: one }) => one)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("its coming back is told by an event, and by none when it is held: that is a change", async () => {
  const heard: Events["readiness"][] = [];
  const revisions: number[] = [];
  plugbay.on("readiness", (event) => heard.push(event));
  plugbay.on("change", ({ revision }) => revisions.push(revision));
  await hold("sms", bench.clock.now() + minute);
  expect(heard).toEqual([]);
  expect(revisions).toHaveLength(1);
  await bench.clock.advance(minute);
  expect(heard).toEqual([{ item: itemOf(plugbay, "sms"), readiness: { kind: "ready" } }]);
  expect(revisions).toHaveLength(1);
});

test("a hold that ends while the item fails leaves it failed", async () => {
  const broken = definePlugin(otp, {
    ...{ name: "broken", module: "apps/broken" },
    create: (): Sender => {
      throw new Error("no credentials");
    },
  });
  const failing = await bench.open([otp, broken]);
  const { id } = itemOf(failing, "broken");
  await failing.control.hold(id, { reason: "r", until: bench.clock.now() + minute }, by);
  expect(explained("broken", failing)?.reason).toBe("held");
  await bench.clock.advance(minute);
  expect(explained("broken", failing)).toMatchObject({
    reason: "failed",
    error: { cause: expect.any(Error) },
  });
});

test("a time of day that is set decides: forward ends a hold within a minute, back lengthens it", async () => {
  await hold("sms", bench.clock.now() + 60 * minute);
  bench.clock.step(60 * minute);
  await bench.clock.advance(minute);
  expect(serving()).toBe("sms");
  await hold("sms", bench.clock.now() + 60 * minute);
  bench.clock.step(-30 * minute);
  await bench.clock.advance(60 * minute);
  expect(serving()).toBe("mail");
  await bench.clock.advance(30 * minute);
  expect(serving()).toBe("sms");
});

test("a year is longer than a timer can wait, and is waited for", async () => {
  const clock = { ...systemClock, schedules: 0 };
  const process = await bench.open(plugins, {
    clock: {
      ...clock,
      schedule: (ms, callback, keepAlive) => {
        expect(ms).toBeLessThan(2 ** 31);
        clock.schedules += 1;
        return systemClock.schedule(ms, callback, keepAlive);
      },
    },
  });
  const { id } = itemOf(process, "sms");
  await process.control.hold(id, { reason: "r", until: Date.now() + 365 * day }, by);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.schedules).toBeLessThan(20);
  expect(serving(process)).toBe("mail");
});

test("all holds wait by one timer, and none is left when they are released, or plugbay is closed", async () => {
  const pending = () => bench.clock.pending;
  const atFirst = pending();
  await hold("fax");
  expect(pending()).toBe(atFirst);
  for (const name of ["sms", "mail", "fax"]) await hold(name, bench.clock.now() + day);
  expect(pending()).toBe(atFirst + 1);
  for (const name of ["sms", "mail", "fax"]) await release(name);
  expect(pending()).toBe(atFirst);
  await hold("sms", bench.clock.now() + day);
  await plugbay.close();
  expect(pending()).toBeLessThanOrEqual(atFirst);
});

test("a row whose hold somebody garbled is held until it is released, and is told of", async () => {
  const warnings = collectWarnings();
  const db = bench.database.db;
  await db.updateTable("plugbay_item").set({ hold: "{oops" }).where("name", "=", "sms").execute();
  await db.updateTable("plugbay_item").set({ hold: '{"reason":"r"}' }).where("name", "=", "mail").execute();
  const later = await bench.open(plugins);
  expect(serving(later)).toBe("fax");
  expect(explained("sms", later)).toMatchObject({ reason: "held", readiness: { until: undefined } });
  expect(warnings.join("\n")).toMatch(/hold/);
  await later.control.release(itemOf(later, "sms").id, by);
  expect(serving(later)).toBe("sms");
});
