import { definePlugin, definePluginType, type Events, InvalidOptionError, type Plugbay } from "plugbay";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { open } from "../../src/open/open-plugbay.ts";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };
const minute = 60_000;
const by = { reason: "maintenance", by: "alice", since: "2030-01-01T00:00:00.000Z" };

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.create();
  collectWarnings();
});

const id = (plugbay: Plugbay, name: string): string => itemOf(plugbay.items(otp), name).id;

/** What is heard of readiness, as `name kind`. */
function listen(plugbay: Plugbay): string[] {
  const heard: string[] = [];
  plugbay.on("readiness", ({ item, readiness }) => void heard.push(`${item.name} ${readiness.kind}`));
  return heard;
}

describe("the readiness event comes", () => {
  test("for an item that a change makes fail at once", async () => {
    const failing = definePlugin(otp, {
      name: "sms",
      module: "apps/channels",
      status: "disable",
      create: () => {
        throw new Error("no credit");
      },
    });
    const plugbay = await bench.open([otp, failing]);
    const heard = listen(plugbay);
    await plugbay.control.updateItem(id(plugbay, "sms"), { status: "active" }, alice);
    expect(heard).toEqual(["sms failed"]);
  });

  test("when a hold ends by itself, and the item serves from then on", async () => {
    const plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })]);
    const until = bench.clock.now() + minute;
    await plugbay.control.hold(id(plugbay, "sms"), { reason: "maintenance", until }, alice);
    const heard = listen(plugbay);
    expect(plugbay.get(otp)?.by).toBe("mail");
    await bench.clock.advance(minute);
    expect(heard).toEqual(["sms ready"]);
    expect(plugbay.get(otp)?.by).toBe("sms");
  });
});

describe("a hold that ends by itself", () => {
  test("gives a disabled item back as it was: to nobody", async () => {
    const plugbay = await bench.open([otp, senderPlugin("sms", { status: "disable" })]);
    const until = bench.clock.now() + minute;
    await plugbay.control.hold(id(plugbay, "sms"), { reason: "maintenance", until }, alice);
    await bench.clock.advance(minute);
    expect(plugbay.get(otp)).toBeUndefined();
    expect(plugbay.explain(otp).map(({ reason }) => reason)).toEqual(["disabled"]);
  });

  test("is not told of where the process has no code for its type", async () => {
    const owner = await bench.open([otp, senderPlugin("sms")]);
    const watcher = await bench.open([]);
    const heard = listen(watcher);
    await bench.edit(itemOf(owner.items(otp), "sms"), {
      hold: { ...by, until: new Date(bench.clock.now() + minute).toISOString() },
    });
    await watcher.refresh();
    await bench.clock.advance(minute);
    expect(heard).toEqual(["sms missing"]);
  });
});

test("a release by another process forgives an item that its calls failed before the hold", async () => {
  const plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })]);
  const sms = id(plugbay, "sms");
  for (let call = 0; call < 10; call += 1) {
    const fails = plugbay.run(otp, (_, { item }) => {
      if (item.name === "sms") throw new Error("timed out");
      return item.name;
    });
    await fails.catch(() => undefined);
  }
  expect(plugbay.readiness(itemOf(plugbay.items(otp), "sms")).kind).toBe("cooling");
  await plugbay.control.hold(sms, { reason: "maintenance" }, alice);
  await bench.edit(itemOf(plugbay.items(otp), "sms"), { hold: null });
  await plugbay.refresh();
  expect(plugbay.readiness(itemOf(plugbay.items(otp), "sms")).kind).toBe("ready");
  expect(plugbay.get(otp)?.by).toBe("sms");
});

describe("the change event has", () => {
  const other = definePluginType<OtpSender>({
    name: "other",
    manager: "apps/otp",
    methods: { sendOtp: "required" },
  });
  const fax = definePlugin(other, { name: "fax", module: "apps/channels", create: () => new Sender("fax") });
  const changes = (plugbay: Plugbay): Events["change"]["types"][number]["name"][][] => {
    const heard: string[][] = [];
    plugbay.on("change", ({ types }) => void heard.push(types.map(({ name }) => name).sort()));
    return heard;
  };

  test("the types whose items changed, and no others", async () => {
    const plugbay = await bench.open([otp, other, senderPlugin("sms"), fax]);
    const heard = changes(plugbay);
    await plugbay.control.updateItem(id(plugbay, "sms"), { priority: 7 }, alice);
    const [item] = plugbay.items(other);
    await plugbay.control.updateItem(item?.id ?? "", { priority: 7 }, alice);
    expect(heard).toEqual([["otp"], ["other"]]);
  });

  test("the types of what another process registered, where this one has their code, too", async () => {
    const plugbay = await bench.open([otp, senderPlugin("sms")]);
    const heard = changes(plugbay);
    await bench.open([otp, other, senderPlugin("sms"), senderPlugin("mail"), fax]);
    await plugbay.refresh();
    expect(heard).toEqual([["otp"]]);
  });

  test("a type of this code that is in the database for the first time", async () => {
    const watcher = await bench.open([otp, other, fax], { sync: false });
    const heard = changes(watcher);
    await bench.open([other, fax]);
    await watcher.refresh();
    expect(heard).toEqual([["other"]]);
    expect(watcher.get(other)?.by).toBe("fax");
  });

  test("a type that was registered since, at the next change", async () => {
    const plugbay = await bench.open([otp, senderPlugin("sms")]);
    const heard = changes(plugbay);
    plugbay.registry.register([other, fax]);
    await plugbay.sync();
    expect(heard.flat()).toContain("other");
    expect(plugbay.get(other)?.by).toBe("fax");
  });
});

test("a process may make the plugins of some types alone, as the command line does", async () => {
  const voice = definePluginType<OtpSender>({
    name: "voice",
    manager: "apps/otp",
    methods: { sendOtp: "required" },
  });
  const made: string[] = [];
  const plugin = (type: typeof otp, name: string) =>
    definePlugin(type, {
      name,
      module: "apps/channels",
      create: () => {
        made.push(name);
        return new Sender(name);
      },
    });
  const prepares = ({ name }: { readonly name: string }) => name === "voice";
  const plugbay = await open(
    {
      database: bench.database.db,
      ...{ clock: bench.clock, pollIntervalMs: false, heartbeatMs: false, traffic: false },
      plugins: [otp, voice, plugin(otp, "sms"), plugin(voice, "call")],
    },
    { prepares },
  );
  expect(made).toEqual(["call"]);
  expect(plugbay.explain(otp).map(({ readiness }) => readiness.kind)).toEqual(["idle"]);
  expect(plugbay.get(voice)?.by).toBe("call");
  await plugbay.close();
});

test("where nothing is ready, getAll gives the active ones of what serves all the same", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const check = () => {
    throw new Error("no route to host");
  };
  const plugbay = await bench.open(
    [otp, senderPlugin("sms", { check }), senderPlugin("fax", { check, status: "reserve" })],
    { healthChecks: { intervalMs: 30_000 } },
  );
  await bench.clock.advance(90_000);
  expect(plugbay.items(otp).map((one) => plugbay.readiness(one).kind)).toEqual(["failed", "failed"]);
  expect(plugbay.getAll(otp).map((sender) => sender.by)).toEqual(["sms"]);
  expect(plugbay.get(otp)?.by).toBe("sms");
});

test("nothing is heard, served or made once a listener has closed plugbay", async () => {
  const plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("mail", { status: "disable" })]);
  const heard: string[] = [];
  plugbay.on("change", () => {
    heard.push("change");
    void plugbay.close();
  });
  await plugbay.control.updateItem(id(plugbay, "sms"), { priority: 7 }, alice).catch(() => undefined);
  expect(() => plugbay.get(otp)).toThrow("closed");
  expect(heard).toEqual(["change"]);
});

test("an event that there is not is refused, with those that there are", async () => {
  const plugbay = await bench.open([otp]);
  const listen = () => plugbay.on("chnage" as "change", () => undefined);
  expect(listen).toThrow(InvalidOptionError);
  expect(listen).toThrow('option "event" is "chnage"; it is one of ');
});
