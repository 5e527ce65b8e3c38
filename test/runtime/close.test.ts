import { ClosedError, type Database, definePlugin, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { Workbench } from "./workbench.ts";

let bench: Workbench;
let log: string[];
beforeEach(async () => {
  bench = await Workbench.create();
  log = [];
});

const sms = (name = "sms") => senderPlugin(name, { dispose: () => void log.push(`end of ${name}`) });

/** A database that counts how often it is closed. */
async function watched(): Promise<{ database: Database; closes: () => number }> {
  const memory = sqlite(":memory:");
  const connection = await memory.connect();
  let count = 0;
  const close = async () => {
    count += 1;
    await connection.close();
  };
  const database = { ...memory, connect: async () => ({ ...connection, close }) };
  return { database, closes: () => count };
}

describe("a closed plugbay", () => {
  test("refuses every question", async () => {
    const plugbay = await bench.open([otp, sms()]);
    await plugbay.close();
    for (const ask of [
      () => plugbay.get(otp),
      () => plugbay.require(otp),
      () => plugbay.getClass(otp),
      () => plugbay.getAll(otp),
      () => plugbay.getById(otp, "id"),
      () => plugbay.items(otp),
      () => plugbay.explain(otp),
    ]) {
      expect(ask).toThrow(ClosedError);
    }
    await expect(plugbay.run(otp, () => 1)).rejects.toThrow(ClosedError);
    expect(plugbay.state).toEqual({ kind: "closed" });
  });

  test("refuses every look at the database, and every change, which is not made", async () => {
    const plugbay = await bench.open([otp, sms()]);
    const [item] = plugbay.items(otp);
    await plugbay.close();
    for (const call of [
      plugbay.refresh(),
      plugbay.planSync(),
      plugbay.sync(),
      plugbay.control.list(),
      plugbay.control.types(),
      plugbay.control.history(),
      plugbay.control.updateItem(item?.id ?? "", { priority: 9 }, { actor: "alice" }),
    ]) {
      await expect(call).rejects.toThrow(ClosedError);
    }
    expect((await bench.open([otp, sms()])).items(otp)).toEqual([item]);
  });

  test("is so from the call of close on", async () => {
    const plugbay = await bench.open([otp, sms()]);
    const closing = plugbay.close();
    expect(() => plugbay.get(otp)).toThrow(ClosedError);
    await closing;
  });

  test("may be closed again: nothing happens twice", async () => {
    const plugbay = await bench.open([otp, sms()]);
    await Promise.all([plugbay.close(), plugbay.close()]);
    await plugbay.close();
    expect(log).toEqual(["end of sms"]);
  });

  test("leaves no timers behind", async () => {
    const plugbay = await bench.open([otp, sms()], { pollIntervalMs: 100 });
    expect(bench.clock.pending).toBe(2);
    await plugbay.close();
    expect(bench.clock.pending).toBe(0);
  });

  test("no longer takes what is registered", async () => {
    const plugbay = await bench.open([otp]);
    await plugbay.close();
    plugbay.registry.register(sms());
    await settle();
    expect((await bench.open([otp])).items(otp)).toEqual([]);
  });
});

describe("the database", () => {
  test("that was handed in is left open", async () => {
    const plugbay = await bench.open([otp, sms()]);
    await plugbay.close();
    expect((await bench.open([otp, sms()])).get(otp)?.by).toBe("sms");
  });

  test("that plugbay opened is closed, once", async () => {
    const { database, closes } = await watched();
    const plugbay = await openPlugbay({ database, plugins: [otp], clock: bench.clock });
    expect(closes()).toBe(0);
    await plugbay.close();
    await plugbay.close();
    expect(closes()).toBe(1);
  });

  test("is closed, too, when the opening fails after it was opened", async () => {
    const { database, closes } = await watched();
    const opening = openPlugbay({ database, plugins: [otp], migrate: false, clock: bench.clock });
    await expect(opening).rejects.toMatchObject({ code: "MIGRATION_REQUIRED" });
    expect(closes()).toBe(1);
    expect(bench.clock.pending).toBe(0);
  });
});

describe("await using", () => {
  test("closes at the end of the block", async () => {
    {
      await using plugbay = await bench.open([otp, sms()]);
      expect(plugbay.get(otp)?.by).toBe("sms");
    }
    expect(log).toEqual(["end of sms"]);
  });
});

describe("runs at the time of close", () => {
  test("are waited for, and their instances are disposed of after them", async () => {
    const plugbay = await bench.open([otp, sms()]);
    const gate = new Gate();
    const run = plugbay.run(otp, async (sender) => {
      await gate.passed;
      log.push("end of run");
      return sender.by;
    });
    const closing = plugbay.close();
    await settle();
    expect(log).toEqual([]);
    gate.open();
    await closing;
    expect(await run).toBe("sms");
    expect(log).toEqual(["end of run", "end of sms"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("hear of it after 3 seconds; a second later their instances are disposed of, once", async () => {
    const plugbay = await bench.open([otp, sms()]);
    const gate = new Gate();
    const run = plugbay.run(otp, (_, { signal }) => {
      signal.addEventListener("abort", () => log.push("told"));
      return gate.passed;
    });
    run.catch(() => undefined);
    const closing = plugbay.close();
    await bench.clock.advance(2_999);
    expect(log).toEqual([]);
    await bench.clock.advance(1);
    await expect(run).rejects.toThrow(ClosedError);
    expect(log).toEqual(["told"]);
    await bench.clock.advance(999);
    expect(log).toEqual(["told"]);
    await bench.clock.advance(1);
    await closing;
    expect(log).toEqual(["told", "end of sms"]);
    gate.open();
    await settle();
    expect(log).toEqual(["told", "end of sms"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("that end when they hear of it have their instances until then, and a dispose has its time", async () => {
    const disposal = new Gate();
    const slow = senderPlugin("sms", {
      dispose: async () => {
        log.push("disposal begins");
        await disposal.passed;
        log.push("disposal ends");
      },
    });
    const plugbay = await bench.open([otp, slow]);
    const run = plugbay.run(otp, async (_, { signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      await new Promise<void>((resolve) => bench.clock.schedule(200, resolve));
      log.push("end of run");
    });
    run.catch(() => undefined);
    const closing = plugbay.close().then(() => log.push("closed"));
    await bench.clock.advance(3_200);
    expect(log).toEqual(["end of run", "disposal begins"]);
    await bench.clock.advance(1_000);
    disposal.open();
    await closing;
    expect(log).toEqual(["end of run", "disposal begins", "disposal ends", "closed"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("hold up nobody else's disposal", async () => {
    const plugbay = await bench.open([otp, sms("a"), sms("b")]);
    const gate = new Gate();
    const run = plugbay.run(otp, () => gate.passed);
    const closing = plugbay.close();
    await settle();
    expect(log).toEqual(["end of b"]);
    gate.open();
    await run;
    await closing;
    expect(log).toEqual(["end of b", "end of a"]);
  });

  test("do not go on to another plugin", async () => {
    const plugbay = await bench.open([otp, sms("a"), sms("b")]);
    const gate = new Gate();
    const tried: string[] = [];
    const run = plugbay.run(otp, async (sender) => {
      tried.push(sender.by);
      await gate.passed;
      throw new Error("down");
    });
    const closing = plugbay.close();
    gate.open();
    await expect(run).rejects.toMatchObject({ code: "ALL_PLUGINS_FAILED" });
    await closing;
    expect(tried).toEqual(["a"]);
  });
});

describe("a create at the time of close", () => {
  test("is told by its signal, and what it makes is disposed of", async () => {
    const gate = new Gate();
    let signal: AbortSignal | undefined;
    const slow = definePlugin(otp, {
      name: "slow",
      module: "apps/channels",
      create: async (context) => {
        signal = context.signal;
        await gate.passed;
        return new Sender("slow");
      },
      dispose: () => void log.push("end of slow"),
    });
    const plugbay = await bench.open([otp, sms()]);
    plugbay.registry.register(slow);
    await settle();
    expect(signal?.aborted).toBe(false);
    await plugbay.close();
    expect(signal?.aborted).toBe(true);
    gate.open();
    await settle();
    expect(log).toEqual(["end of sms", "end of slow"]);
  });
});

describe("what never ends", () => {
  test("does not hold up close for more than 5 seconds: a dispose, and a database that says nothing", async () => {
    const endless = new Promise<never>(() => undefined);
    const sticky = senderPlugin("sticky", { dispose: () => endless });
    const memory = sqlite(":memory:");
    const connection = await memory.connect();
    const database = { ...memory, connect: async () => ({ ...connection, close: () => endless }) };
    const plugbay = await openPlugbay({ database, plugins: [otp, sticky], clock: bench.clock });
    let closed = false;
    const closing = plugbay.close().then(() => {
      closed = true;
    });
    await bench.clock.advance(4_999);
    expect(closed).toBe(false);
    await bench.clock.advance(1);
    await closing;
    expect(bench.clock.pending).toBe(0);
    await connection.close();
  });
});

describe("a write or a look at the time of close", () => {
  /** A database that says nothing more from some moment on. */
  async function silent(): Promise<{ database: Database; fallSilent: () => void }> {
    const memory = sqlite(":memory:");
    const connection = await memory.connect();
    let isSilent = false;
    const db = connection.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => (isSilent ? new Promise(() => undefined) : Promise.resolve(result)),
    });
    // plugbay takes no plugins of an application's instance; of a connection of its own, it is asked for none.
    const database = { ...memory, connect: async () => ({ ...connection, db: lasting(db) }) };
    const fallSilent = () => {
      isSilent = true;
    };
    return { database, fallSilent };
  }

  test("ends as ClosedError", async () => {
    const { database, fallSilent } = await silent();
    const plugbay = await openPlugbay({ database, plugins: [otp, sms()], clock: bench.clock });
    const [item] = plugbay.items(otp);
    fallSilent();
    const calls = [
      plugbay.refresh(),
      plugbay.control.updateItem(item?.id ?? "", { priority: 9 }, { actor: "alice" }),
      plugbay.sync({ mode: "update" }),
    ].map((call) => call.catch((error: unknown) => error));
    await settle();
    const closing = plugbay.close();
    await bench.clock.advance(5_000);
    await closing;
    for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(ClosedError);
    expect(bench.clock.pending).toBe(0);
  });

  test("has a limit without close, too: also for what was registered late, and goes on when the database does", async () => {
    const { database, fallSilent } = await silent();
    const plugbay = await openPlugbay({
      ...{ database, clock: bench.clock, plugins: [otp, sms()] },
      ...{ pollIntervalMs: false, heartbeatMs: false },
    });
    fallSilent();
    collectWarnings();
    plugbay.registry.register(sms("late"));
    const refreshed = plugbay.refresh().catch((error: unknown) => error);
    await bench.clock.advance(5_000);
    expect(plugbay.state.kind).toBe("stale");
    await bench.clock.advance(10_000);
    expect(await refreshed).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    const closing = plugbay.close();
    await bench.clock.advance(5_000);
    await closing;
  });
});

/** The instance with the plugins that it has, whatever is asked of it. */
const lasting = <Db extends object>(db: Db): Db =>
  new Proxy(db, {
    get(target, key) {
      if (key === "withoutPlugins") return () => target;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
