import { randomUUID } from "node:crypto";
import { definePlugin, definePluginType, NoPluginAvailableError, UnknownTypeError } from "plugbay";
import { describe, expect, test } from "vitest";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { itemOf, Workbench } from "./workbench.ts";

const sms = senderPlugin("sms", { priority: 1 });
const mail = senderPlugin("mail", { priority: 2 });
const letter = senderPlugin("letter", { status: "reserve" });
const pigeon = senderPlugin("pigeon", { status: "disable" });
const broken = definePlugin(otp, {
  name: "broken",
  module: "apps/channels",
  create: () => {
    throw new Error("wrong key");
  },
});
const all = [otp, sms, mail, letter, pigeon];

const unknown = definePluginType<OtpSender>({
  name: "unknown",
  manager: "m",
  methods: { sendOtp: "required" },
});

const by = (sender: OtpSender | undefined) => sender?.by;
const open = async (...plugins: Parameters<Workbench["open"]>) => (await Workbench.create()).open(...plugins);

describe("get gives", () => {
  test("the first active plugin, ready to be called", async () => {
    const plugbay = await open(all);
    expect(await plugbay.get(otp)?.sendOtp("+1 555 0100", "123456")).toBe("sms: 123456 to +1 555 0100");
  });

  test("the first in reserve when no active one can serve", async () => {
    collectWarnings();
    expect(by((await open([otp, broken, letter])).get(otp))).toBe("letter");
  });

  test("undefined when there is none", async () => {
    expect((await open([otp])).get(otp)).toBeUndefined();
    expect((await open([otp, pigeon])).get(otp)).toBeUndefined();
  });

  test("the same instance at each call, without a word to the database", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(all);
    const before = bench.database.statements.length;
    const first = plugbay.get(otp);
    for (let call = 0; call < 10; call += 1) expect(plugbay.get(otp)).toBe(first);
    plugbay.getAll(otp);
    plugbay.explain(otp);
    expect(bench.database.statements).toHaveLength(before);
  });

  test("what an operator chose, once the change is made", async () => {
    const plugbay = await open(all);
    const item = itemOf(plugbay.items(otp), "sms");
    await plugbay.control.updateItem(item.id, { status: "disable" }, { actor: "alice" });
    expect(by(plugbay.get(otp))).toBe("mail");
  });
});

describe("require gives", () => {
  test("what get gives", async () => {
    const plugbay = await open(all);
    expect(plugbay.require(otp)).toBe(plugbay.get(otp));
  });

  test("an error that says why each item was passed over", async () => {
    collectWarnings();
    const bench = await Workbench.create();
    await bench.open([otp, sms]);
    const plugbay = await bench.open([otp, broken, pigeon]);
    expect(() => plugbay.require(otp)).toThrow(NoPluginAvailableError);
    expect(() => plugbay.require(otp)).toThrow(
      'no plugin of plugin type "otp" of "apps/otp" can serve: ' +
        'apps/channels:broken is failed (plugin "broken" of module "apps/channels" for plugin type "otp" of "apps/otp" ' +
        "could not be made ready: wrong key), " +
        "apps/channels:sms is missing, apps/channels:pigeon is disabled",
    );
    expect(() => plugbay.require(otp)).toThrow(
      expect.objectContaining({ code: "NO_PLUGIN_AVAILABLE", explanation: plugbay.explain(otp) }),
    );
  });

  test("an error that says what to do when there are no items at all", async () => {
    const plugbay = await open([otp]);
    expect(() => plugbay.require(otp)).toThrow(
      "can serve: it has no items; register a plugin for it and sync",
    );
  });
});

describe("getClass gives", () => {
  class Counting extends Sender {
    static made = 0;
    constructor() {
      super("counting");
      Counting.made += 1;
    }
  }

  test("the selected plugin's class, uninstantiated", async () => {
    const plugbay = await open([otp, definePlugin(otp, { name: "counting", module: "m", class: Counting })]);
    Counting.made = 0;
    const Class = plugbay.getClass(otp);
    expect(Class).toBe(Counting);
    expect(Counting.made).toBe(0);
    expect(by(Class && new Class())).toBe("counting");
  });

  test("undefined for a plugin that has create, and when none can serve", async () => {
    expect((await open([otp, sms])).getClass(otp)).toBeUndefined();
    expect((await open([otp])).getClass(otp)).toBeUndefined();
  });
});

describe("getAll gives", () => {
  test("every ready active implementation in order, and none in reserve", async () => {
    collectWarnings();
    const plugbay = await open([all, broken]);
    expect(plugbay.getAll(otp).map(by)).toEqual(["sms", "mail"]);
    expect((await open([otp, letter])).getAll(otp)).toEqual([]);
  });

  test("the same list until something changes, so that nothing is built for a call, and nobody may change it", async () => {
    const plugbay = await open(all);
    const list = plugbay.getAll(otp);
    expect(plugbay.getAll(otp)).toBe(list);
    expect(() => (list as unknown[]).pop()).toThrow(TypeError);
    await plugbay.control.updateItem(
      itemOf(plugbay.items(otp), "mail").id,
      { status: "disable" },
      { actor: "alice" },
    );
    expect([list.map(by), plugbay.getAll(otp).map(by)]).toEqual([["sms", "mail"], ["sms"]]);
  });
});

describe("getById gives", () => {
  test("an item's implementation, active or in reserve", async () => {
    const plugbay = await open(all);
    expect(by(plugbay.getById(otp, itemOf(plugbay.items(otp), "mail").id))).toBe("mail");
    expect(by(plugbay.getById(otp, itemOf(plugbay.items(otp), "letter").id))).toBe("letter");
  });

  test("a disabled item's only on demand", async () => {
    const plugbay = await open(all);
    const { id } = itemOf(plugbay.items(otp), "pigeon");
    expect(plugbay.getById(otp, id)).toBeUndefined();
    expect(by(plugbay.getById(otp, id, { includeDisabled: true }))).toBe("pigeon");
    expect(plugbay.getById(otp, id)).toBeUndefined();
    expect(plugbay.getById(otp, id, { includeDisabled: true })).toBe(
      plugbay.getById(otp, id, { includeDisabled: true }),
    );
  });

  test("undefined for an id of another type, an unknown id and what is no id", async () => {
    const other = definePluginType<OtpSender>({
      name: "other",
      manager: "m",
      methods: { sendOtp: "required" },
    });
    const plugbay = await open([all, other]);
    const { id } = itemOf(plugbay.items(otp), "mail");
    expect(plugbay.getById(other, id)).toBeUndefined();
    expect(plugbay.getById(otp, randomUUID())).toBeUndefined();
    expect(plugbay.getById(otp, "")).toBeUndefined();
  });

  test("undefined for a retired item, a missing plugin and a failed one", async () => {
    collectWarnings();
    const bench = await Workbench.create();
    const elsewhere = await bench.open(all);
    const plugbay = await bench.open([otp, sms, broken]);
    const id = (name: string) => itemOf(plugbay.items(otp), name).id;
    const ids = [id("sms"), id("mail"), id("broken")];
    await elsewhere.control.retire([id("sms")], { actor: "alice" });
    await plugbay.refresh();
    for (const each of ids) {
      expect(plugbay.getById(otp, each, { includeDisabled: true })).toBeUndefined();
    }
  });
});

describe("items gives", () => {
  test("the type's items in the order of selection, without the retired ones", async () => {
    const plugbay = await open(all);
    const names = () => plugbay.items(otp).map((item) => `${item.status} ${item.name}`);
    expect(names()).toEqual(["active sms", "active mail", "reserve letter", "disable pigeon"]);
    await plugbay.control.retire([itemOf(plugbay.items(otp), "mail").id], { actor: "alice" });
    expect(names()).toEqual(["active sms", "reserve letter", "disable pigeon"]);
  });

  test("frozen items", async () => {
    for (const item of (await open(all)).items(otp)) expect(item).toSatisfy(Object.isFrozen);
  });
});

describe("explain gives", () => {
  test("every item with its reason, retired and missing ones included", async () => {
    collectWarnings();
    const bench = await Workbench.create();
    await bench.open([otp, senderPlugin("gone", { priority: 9 })]);
    const plugbay = await bench.open([all, broken]);
    await plugbay.control.retire([itemOf(plugbay.items(otp), "mail").id], { actor: "alice" });
    expect(plugbay.explain(otp).map(({ item, reason }) => `${item.name}: ${reason}`)).toEqual([
      "broken: failed",
      "sms: selected",
      "gone: missing",
      "letter: reserve",
      "pigeon: disabled",
      "mail: retired",
    ]);
    const [failed] = plugbay.explain(otp);
    expect(failed?.error?.message).toContain("wrong key");
  });
});

describe("a type that is not registered", () => {
  test("is refused by every question", async () => {
    const plugbay = await open(all);
    for (const ask of [
      () => plugbay.get(unknown),
      () => plugbay.require(unknown),
      () => plugbay.getClass(unknown),
      () => plugbay.getAll(unknown),
      () => plugbay.getById(unknown, "id"),
      () => plugbay.items(unknown),
      () => plugbay.explain(unknown),
    ]) {
      expect(ask).toThrow(UnknownTypeError);
      expect(ask).toThrow(
        'plugin type "unknown" of "m" is not registered; add it to "plugins" of openPlugbay',
      );
    }
    await expect(plugbay.run(unknown, () => 1)).rejects.toThrow(UnknownTypeError);
  });
});

test("one type's failures are no concern of another's", async () => {
  collectWarnings();
  const other = definePluginType<OtpSender>({
    name: "other",
    manager: "m",
    methods: { sendOtp: "required" },
  });
  const plugbay = await open([
    otp,
    broken,
    other,
    definePlugin(other, { name: "x", module: "m", class: Unnamed }),
  ]);
  expect(plugbay.get(otp)).toBeUndefined();
  expect(by(plugbay.get(other))).toBe("unnamed");
});

class Unnamed extends Sender {
  constructor() {
    super("unnamed");
  }
}
