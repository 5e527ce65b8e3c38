import { definePluginType, type Plugbay, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };
const round = 30_000;

let bench: Workbench;
/** The items whose health checks fail. */
let ill: Set<string>;
beforeEach(async () => {
  bench = await Workbench.create();
  ill = new Set();
  // Without jitter: the first round of checks comes at once.
  vi.spyOn(Math, "random").mockReturnValue(0);
  collectWarnings();
});

const checked = (name: string, options: Parameters<typeof senderPlugin>[1] = {}) =>
  senderPlugin(name, {
    check: () => {
      if (ill.has(name)) throw new Error(`${name} has no route to host`);
    },
    ...options,
  });
const sms = checked("sms");
const mail = checked("mail", { priority: 1 });
const fax = checked("fax", { priority: 2, status: "reserve" });

const open = (...plugins: readonly Parameters<Workbench["open"]>[0][]): Promise<Plugbay> =>
  bench.open(plugins.flat() as [], { heartbeatMs: 1_000, healthChecks: { intervalMs: round } });

const item = (plugbay: Plugbay, name: string, type = otp): PluginItem => itemOf(plugbay.items(type), name);

/** Lets the checks of some fail twice. */
async function fallIll(...names: readonly string[]): Promise<void> {
  ill = new Set(names);
  await bench.clock.advance(2 * round);
}

/** As the next heartbeat has it. */
async function report(plugbay: Plugbay) {
  await bench.clock.advance(1_200);
  const [row] = await plugbay.control.processes();
  if (row === undefined) throw new Error("the process is not listed");
  return row;
}

/** Each type that something is said of, as `how: item`. */
async function serves(plugbay: Plugbay): Promise<string[]> {
  const { items } = await plugbay.control.list();
  const nameOf = (id: string | null) => items.find((one) => one.id === id)?.name ?? "nothing";
  return (await report(plugbay)).serves.map(({ how, itemId }) => `${how}: ${nameOf(itemId)}`);
}

describe("what serves a type is told with how it came to that", () => {
  test("the first choice, and where that is ill the next one", async () => {
    const plugbay = await open([otp, sms, mail, fax]);
    expect(await serves(plugbay)).toEqual(["first-choice: sms"]);
    await fallIll("sms");
    expect(await serves(plugbay)).toEqual(["lower-choice: mail"]);
    await fallIll("mail");
    expect(await serves(plugbay)).toEqual(["first-choice: sms"]);
  });

  test("a reserve where no active item is well, and one that is ill where nothing is", async () => {
    const plugbay = await open([otp, sms, mail, fax]);
    await fallIll("sms", "mail");
    expect(await serves(plugbay)).toEqual(["reserve: fax"]);
    await fallIll("sms", "mail", "fax");
    expect(await serves(plugbay)).toEqual(["last-resort: sms"]);
  });

  test("nothing, where all are held", async () => {
    const plugbay = await open([otp, sms, fax]);
    for (const name of ["sms", "fax"])
      await plugbay.control.hold(item(plugbay, name).id, { reason: "maintenance" }, alice);
    expect(await serves(plugbay)).toEqual(["none: nothing"]);
  });

  test("a type is not told of where no item is in use, or all are disabled", async () => {
    const plugbay = await open(
      [otp, sms],
      definePluginType<OtpSender>({ name: "idle", manager: "apps/otp", methods: { sendOtp: "required" } }),
    );
    expect(await serves(plugbay)).toEqual(["first-choice: sms"]);
    await plugbay.control.updateItem(item(plugbay, "sms").id, { status: "disable" }, alice);
    expect(await serves(plugbay)).toEqual([]);
    await plugbay.control.updateItem(item(plugbay, "sms").id, { status: "active" }, alice);
    expect(await serves(plugbay)).toEqual(["first-choice: sms"]);
    await plugbay.control.retire([item(plugbay, "sms").id], alice);
    expect(await serves(plugbay)).toEqual([]);
  });
});

describe("of a type with a selector", () => {
  const bySelector = (select: (names: readonly string[]) => string | undefined): Promise<Plugbay> => {
    const type = otp.withSelector(({ active, reserve }) => {
      const all = [...active, ...reserve];
      const chosen = select(all.map(({ name }) => name));
      return all.find(({ name }) => name === chosen);
    });
    return open([type, sms, mail, fax]);
  };

  test("what it would choose if all were well is the first choice", async () => {
    const plugbay = await bySelector((names) => ["mail", "sms", "fax"].find((name) => names.includes(name)));
    expect(await serves(plugbay)).toEqual(["first-choice: mail"]);
    await fallIll("mail");
    expect(await serves(plugbay)).toEqual(["lower-choice: sms"]);
    await fallIll("sms");
    expect(await serves(plugbay)).toEqual(["first-choice: mail"]);
    await fallIll("mail", "sms");
    expect(await serves(plugbay)).toEqual(["reserve: fax"]);
  });

  test("one that fails when all are well says nothing against the choice", async () => {
    const plugbay = await bySelector((names) => {
      if (names.length === 3) throw new Error("too many");
      return names[0];
    });
    expect(await serves(plugbay)).toEqual([]);
    await fallIll("sms");
    expect(await serves(plugbay)).toEqual(["first-choice: mail"]);
  });

  test("nothing is told where it chooses none of those that could serve, throws, or takes arguments", async () => {
    const choosy = await bySelector(() => undefined);
    expect(await serves(choosy)).toEqual([]);
    await fallIll("sms", "mail");
    expect(await serves(choosy)).toEqual([]);
    await choosy.close();
    const throws = otp.withSelector(() => {
      throw new Error("no choice");
    });
    expect(await serves(await open([throws, sms]))).toEqual([]);
    const byCountry = otp.withSelector(({ active }, country: string) =>
      active.find(({ name }) => name === country),
    );
    expect(await serves(await open([byCountry, sms]))).toEqual([]);
  });
});

test("since when it is so stays while it is so, and is new with each change", async () => {
  const plugbay = await open([otp, sms, mail]);
  const since = async () => (await report(plugbay)).serves.map((served) => served.since);
  const [start] = await since();
  await plugbay.control.updateItem(item(plugbay, "sms").id, { description: "the cheap one" }, alice);
  expect(await since()).toEqual([start]);
  await plugbay.control.updateItem(item(plugbay, "sms").id, { status: "disable" }, alice);
  const [changed] = await since();
  expect(Date.parse(changed ?? "")).toBeGreaterThan(Date.parse(start ?? ""));
});

describe("what is wrong with an item", () => {
  const troubles = async (plugbay: Plugbay) =>
    (await report(plugbay)).troubles.map(({ state, message, since }) => ({ state, message, since }));

  test("is told from when it began, with what was found last, and no more when it is well", async () => {
    let reason = "";
    const down = senderPlugin("sms", {
      check: () => {
        if (reason !== "") throw new Error(reason);
      },
    });
    const plugbay = await open([otp, down, mail]);
    expect(await troubles(plugbay)).toEqual([]);
    reason = "no route to host";
    await bench.clock.advance(2 * round);
    const [failed] = await troubles(plugbay);
    expect(failed).toMatchObject({ state: "failed", message: expect.stringContaining("no route to host") });
    reason = "no credit";
    await bench.clock.advance(4 * round);
    expect(await troubles(plugbay)).toEqual([{ ...failed, message: expect.stringContaining("no credit") }]);
    reason = "";
    await bench.clock.advance(4 * round);
    expect(await troubles(plugbay)).toEqual([]);
  });

  test("goes from one state to another, each since its own time", async () => {
    const plugbay = await open([otp, sms, mail]);
    await fallIll("sms");
    const [failed] = await troubles(plugbay);
    await bench.clock.advance(1_000);
    await plugbay.control.hold(item(plugbay, "sms").id, { reason: "maintenance" }, alice);
    expect(await troubles(plugbay)).toEqual([
      { state: "held", message: "maintenance", since: expect.any(String) },
    ]);
    const [held] = await troubles(plugbay);
    expect(held?.since).not.toBe(failed?.since);
  });

  test("is told anew when it comes back later than was said", async () => {
    const plugbay = await open([otp, senderPlugin("sms"), mail]);
    const fail = async (times: number) => {
      for (let call = 0; call < times; call += 1)
        await plugbay.run(otp, (_, { item: { name } }) => {
          if (name === "sms") throw new Error("timed out");
        });
    };
    const trouble = async () => (await report(plugbay)).troubles[0];
    await fail(5);
    const first = await trouble();
    expect(first).toMatchObject({ state: "circuit", message: "timed out", failedCalls: 5 });
    await bench.clock.advance(60_000);
    await fail(1);
    const second = await trouble();
    expect(second).toMatchObject({ state: "circuit", message: "timed out", failedCalls: 6 });
    expect(Date.parse(second?.until ?? "")).toBeGreaterThan(Date.parse(first?.until ?? ""));
  });

  test("is not told by a process that has no code for its type", async () => {
    await open([otp, sms]);
    const watcher = await open([]);
    await bench.clock.advance(1_200);
    const own = (await watcher.control.processes()).find(({ plugins }) => plugins.length === 0);
    expect(own).toMatchObject({ serves: [], troubles: [] });
  });

  test("of one that nobody wants is not told", async () => {
    const plugbay = await open([otp, sms, mail]);
    await fallIll("sms");
    expect(await troubles(plugbay)).toHaveLength(1);
    await plugbay.control.updateItem(item(plugbay, "sms").id, { status: "disable" }, alice);
    expect(await troubles(plugbay)).toEqual([]);
  });
});

test("what other processes read follows within a heartbeat", async () => {
  const plugbay = await open([otp, sms, mail]);
  const watcher = await bench.open([otp, sms, mail]);
  const how = async () =>
    (await watcher.control.processes()).flatMap((one) => one.serves.map((served) => served.how));
  expect(await how()).toEqual(["first-choice"]);
  await fallIll("sms");
  await expect.poll(how).toEqual(["lower-choice"]);
  await plugbay.close();
  expect(await how()).toEqual([]);
});
