import { definePlugin, type Plugin } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { Disposals } from "../../src/instances/disposals.ts";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";
import { collectReports } from "./instances-bench.ts";

const limitMs = 5_000;

let clock: ManualClock;
let disposals: Disposals;
let log: unknown[];
beforeEach(() => {
  clock = new ManualClock();
  disposals = new Disposals(clock, limitMs);
  log = [];
});

/** Whose instance it is; `dispose` is what its plugin does to end it. */
const owner = (name: string, dispose?: (instance: OtpSender) => unknown, secrets: readonly string[] = []) => {
  const plugin: Plugin = senderPlugin(name, dispose ? { dispose: dispose as never } : {});
  return { plugin, input: { plugin, config: undefined, secrets } };
};

/** As `owner`, of a plugin that notes what it ends. */
const ending = (name: string) => owner(name, ({ by }) => void log.push(`${name} ends ${by}`));

describe("an object that several were given", () => {
  test("is ended once, when the last of them is done with it", async () => {
    const [one, other, instance] = [ending("one"), ending("other"), new Sender("it")];
    disposals.hold(one, instance);
    disposals.hold(other, instance);
    disposals.hold(one, instance);
    disposals.release(one, instance);
    disposals.release(other, instance);
    await settle();
    expect(log).toEqual([]);
    disposals.release(one, instance);
    disposals.release(one, instance);
    await settle();
    expect(log).toEqual(["one ends it"]);
    expect(disposals.isHeld(instance)).toBe(false);
  });

  test.each([
    ["the last one whose plugin says how", [ending, ending], "second ends it"],
    ["the first one, where the second does not know", [ending, owner], "first ends it"],
    ["the second one, where the first does not know", [owner, ending], "second ends it"],
  ] as const)("is ended the way of %s", async (_, [first, second], told) => {
    const owners = [first("first"), second("second")];
    const instance = new Sender("it");
    for (const each of owners) disposals.hold(each, instance);
    for (const each of owners) disposals.release(each, instance);
    await settle();
    expect(log).toEqual([told]);
  });

  test("is not ended by one who never had it", async () => {
    const [one, stranger, instance] = [ending("one"), ending("stranger"), new Sender("it")];
    disposals.release(stranger, instance);
    disposals.hold(one, instance);
    disposals.release(stranger, instance);
    await settle();
    expect(log).toEqual([]);
    expect(disposals.isHeld(instance)).toBe(true);
  });
});

describe("who holds an object matters", () => {
  const noEnd = new Sender("it");
  class Own extends Sender {
    [Symbol.dispose](): void {
      log.push("it ends itself");
    }
  }
  class OwnLater extends Sender {
    async [Symbol.asyncDispose](): Promise<void> {
      log.push("it ends itself later");
    }
  }

  const ofClass = (type: typeof Sender) => {
    const plugin: Plugin = definePlugin(otp, { name: "sms", module: "apps/channels", class: type as never });
    return { plugin, input: { plugin, config: undefined, secrets: [] } };
  };

  test.each([
    [Own, ["it ends itself"]],
    [OwnLater, ["it ends itself later"]],
  ])("where it has an end of its own: %o", async (type, told) => {
    const instance = new type("it");
    const its = ofClass(type);
    disposals.hold(its, instance);
    expect(disposals.isHeld(instance)).toBe(true);
    disposals.release(its, instance);
    await settle();
    expect(log).toEqual(told);
  });

  test("where a create made it, which may give it to another plugin that knows its end", () => {
    const its = owner("sms");
    disposals.hold(its, noEnd);
    expect(disposals.isHeld(noEnd)).toBe(true);
    disposals.release(its, noEnd);
    expect(disposals.isHeld(noEnd)).toBe(false);
  });

  test("not where its class is all that made it, and it has no end", () => {
    disposals.hold(ofClass(Sender), noEnd);
    expect(disposals.isHeld(noEnd)).toBe(false);
  });

  test("not where it refuses to be asked for its end", () => {
    const proxy = new Proxy(noEnd, {
      has: () => {
        throw new Error("it may not be asked");
      },
    });
    disposals.hold(ofClass(Sender), proxy);
    expect(disposals.isHeld(proxy)).toBe(false);
  });
});

describe("what was made for nobody", () => {
  test("is ended at once", async () => {
    disposals.discard(ending("sms"), new Sender("it"));
    await settle();
    expect(log).toEqual(["sms ends it"]);
  });

  test.each([[undefined], [null], ["a text"], [1]])("is let be where it is no object: %o", async (made) => {
    disposals.discard(
      owner("sms", () => void log.push("it was ended")),
      made,
    );
    await settle();
    expect(log).toEqual([]);
  });
});

describe("an end that goes wrong is reported", () => {
  test("with the plugin, and without its secrets", async () => {
    const reports = collectReports();
    const fails = () => {
      throw new Error("wrong password: hunter2");
    };
    disposals.discard(owner("sms", fails, ["hunter2"]), new Sender("it"));
    await settle();
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/^plugin "sms" of module "apps\/channels" failed while it was disposed of\n/);
    expect(reports[0]).toContain("wrong password");
    expect(reports[0]).not.toContain("hunter2");
  });

  test("when it takes too long, with the time that it had", async () => {
    const reports = collectReports();
    disposals.discard(
      owner("sms", () => new Promise(() => undefined)),
      new Sender("it"),
    );
    await clock.advance(limitMs - 1);
    expect(reports).toEqual([]);
    await clock.advance(1);
    expect(reports).toEqual([expect.stringContaining("Error: it did not end within 5000 ms")]);
    expect(clock.pending).toBe(0);
  });
});

test("an end has the time that was set for it", async () => {
  const reports = collectReports();
  new Disposals(clock, 40).discard(
    owner("sms", () => new Promise(() => undefined)),
    new Sender("it"),
  );
  await clock.advance(40);
  expect(reports).toEqual([expect.stringContaining("it did not end within 40 ms")]);
});

describe("closing", () => {
  test("waits for what is being ended", async () => {
    const gate = new Gate();
    disposals.discard(
      owner("sms", () => gate.passed),
      new Sender("it"),
    );
    const closing = disposals.close(1_000).then(() => log.push("closed"));
    await settle();
    expect(log).toEqual([]);
    gate.open();
    await closing;
    expect(log).toEqual(["closed"]);
    expect(clock.pending).toBe(0);
  });

  test("waits for nothing that has ended before", async () => {
    disposals.discard(ending("sms"), new Sender("it"));
    await settle();
    const closing = disposals.close(1_000).then(() => log.push("closed"));
    await closing;
    expect(log).toEqual(["sms ends it", "closed"]);
  });

  test("gives up after its time, and says that of what has not ended", async () => {
    const reports = collectReports();
    disposals.discard(
      owner("sms", () => new Promise(() => undefined)),
      new Sender("it"),
    );
    const closing = disposals.close(1_000).then(() => log.push("closed"));
    await clock.advance(999);
    expect(log).toEqual([]);
    await clock.advance(1);
    await closing;
    expect(reports).toEqual([expect.stringContaining("ending instances took longer than 1000 ms")]);
    expect(clock.pending).toBe(0);
  });

  test("is over for what is to be ended while it waits, too", async () => {
    const reports = collectReports();
    const first = new Gate();
    disposals.discard(
      owner("first", () => first.passed),
      new Sender("it"),
    );
    const closing = disposals.close(1_000);
    disposals.discard(
      owner("second", () => new Promise(() => undefined)),
      new Sender("other"),
    );
    first.open();
    await closing;
    await settle();
    expect(reports).toEqual([expect.stringContaining("plugbay was closed in the meantime")]);
    expect(clock.pending).toBe(0);
  });

  test("leaves no timer for what comes after it, which is ended all the same", async () => {
    await disposals.close(1_000);
    disposals.discard(
      owner("sms", ({ by }) => {
        log.push(`end of ${by}`);
        return new Promise(() => undefined);
      }),
      new Sender("it"),
    );
    await settle();
    expect(log).toEqual(["end of it"]);
    expect(clock.pending).toBe(0);
  });
});
