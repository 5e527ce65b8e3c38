import { definePlugin, definePluginType, type Plugbay } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };
const methods = { sendOtp: "required" } as const;
const sameManager = definePluginType<OtpSender>({ name: "voice", manager: "apps/otp", methods });
const sameName = definePluginType<OtpSender>({ name: "otp", manager: "apps/voice", methods });

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.create();
});

const id = (plugbay: Plugbay, name: string): string => itemOf(plugbay.items(otp), name).id;

test("an item is found by its own type alone, however alike another is", async () => {
  const plugbay = await bench.open([otp, sameManager, sameName, senderPlugin("sms")]);
  expect(plugbay.getById(otp, id(plugbay, "sms"))?.by).toBe("sms");
  expect(plugbay.getById(sameManager, id(plugbay, "sms"))).toBeUndefined();
  expect(plugbay.getById(sameName, id(plugbay, "sms"))).toBeUndefined();
});

test("a plugin's items are those of its module and name", async () => {
  const here = senderPlugin("sms");
  const there = senderPlugin("sms", { module: "apps/elsewhere", priority: 1 });
  const plugbay = await bench.open([otp, here, there, senderPlugin("mail", { priority: 2 })]);
  expect(plugbay.itemsOf(here).map(({ module, name }) => `${module}:${name}`)).toEqual(["apps/channels:sms"]);
  expect(plugbay.itemsOf(there).map(({ module }) => module)).toEqual(["apps/elsewhere"]);
});

test("what an operator retired is found no more, also where the code still has its plugin", async () => {
  const plugbay = await bench.open([otp, senderPlugin("sms")]);
  const sms = id(plugbay, "sms");
  await plugbay.control.retire([sms], alice);
  expect(plugbay.getById(otp, sms)).toBeUndefined();
  expect(plugbay.getById(otp, sms, { includeDisabled: true })).toBeUndefined();
  await plugbay.control.restore([sms], alice);
  expect(plugbay.getById(otp, sms)?.by).toBe("sms");
});

test("getAll leaves out those of which no instance can be made for the call", async () => {
  collectWarnings();
  let fails = false;
  const transient = definePlugin(otp, {
    name: "fresh",
    module: "apps/channels",
    lifetime: "transient",
    priority: 1,
    create: () => {
      if (fails) throw new Error("no credit");
      return new Sender("fresh");
    },
  });
  const plugbay = await bench.open([otp, senderPlugin("sms"), transient]);
  expect(plugbay.getAll(otp).map((sender) => sender.by)).toEqual(["sms", "fresh"]);
  fails = true;
  expect(plugbay.getAll(otp).map((sender) => sender.by)).toEqual(["sms"]);
});

test("runAll says of an item that cannot serve why that one cannot, and nothing of others", async () => {
  collectWarnings();
  const transient = definePlugin(otp, {
    name: "fresh",
    module: "apps/channels",
    lifetime: "transient",
    create: () => {
      throw new Error("no credit");
    },
  });
  const plugbay = await bench.open([otp, senderPlugin("sms"), transient, senderPlugin("mail")]);
  const results = await plugbay.runAll(otp, ({ by }) => by);
  expect(results.map(({ item, status }) => `${item.name} ${status}`)).toEqual([
    "fresh rejected",
    "mail fulfilled",
    "sms fulfilled",
  ]);
  const [fresh] = results;
  const error = fresh?.status === "rejected" ? fresh.reason : undefined;
  expect(error).toMatchObject({ code: "NO_PLUGIN_AVAILABLE", explanation: [{ item: { name: "fresh" } }] });
});
