import type { Events, Plugbay } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Workbench } from "./workbench.ts";

let bench: Workbench;
let plugbay: Plugbay;
beforeEach(async () => {
  bench = await Workbench.create();
  plugbay = await bench.open([otp, senderPlugin("sms")]);
});

const change = () => plugbay.control.bulk([plugbay.items(otp)[0]?.id ?? ""], "lower", { actor: "alice" });

describe("the change event", () => {
  test("says at which revision which types serve anew, when they do", async () => {
    const events: Events["change"][] = [];
    const priorities: (number | undefined)[] = [];
    plugbay.on("change", (event) => {
      events.push(event);
      priorities.push(plugbay.items(otp)[0]?.priority);
    });
    await change();
    expect(events).toEqual([{ revision: 2, types: [{ manager: "apps/otp", name: "otp" }] }]);
    expect(priorities).toEqual([1]);
  });

  test("does not come when nothing changed", async () => {
    let events = 0;
    plugbay.on("change", () => {
      events += 1;
    });
    await plugbay.refresh();
    await plugbay.sync();
    expect(events).toBe(0);
  });
});

describe("a listener", () => {
  test("hears nothing after it unsubscribed, which it may do twice", async () => {
    let events = 0;
    const unsubscribe = plugbay.on("change", () => {
      events += 1;
    });
    await change();
    unsubscribe();
    unsubscribe();
    await change();
    expect(events).toBe(1);
  });

  test("that subscribed twice hears everything twice, until it has unsubscribed twice", async () => {
    let events = 0;
    const listener = () => {
      events += 1;
    };
    const subscriptions = [plugbay.on("change", listener), plugbay.on("change", listener)];
    await change();
    expect(events).toBe(2);
    subscriptions[0]?.();
    subscriptions[0]?.();
    await change();
    expect(events).toBe(3);
    subscriptions[1]?.();
    await change();
    expect(events).toBe(3);
  });

  test("that throws is a warning, and the others hear all the same", async () => {
    const warnings = collectWarnings();
    let events = 0;
    plugbay.on("change", () => {
      throw new Error("listener");
    });
    plugbay.on("change", () => {
      events += 1;
    });
    await change();
    expect(events).toBe(1);
    expect(warnings).toEqual(['a listener of "change" threw']);
  });

  test("that is asynchronous and rejects is a warning, too, and does not end the process", async () => {
    const warnings = collectWarnings();
    plugbay.on("change", (async () => {
      throw new Error("listener");
    }) as () => void);
    await change();
    expect(warnings).toEqual(['a listener of "change" threw']);
  });

  test("may replace itself while it is called: the new one hears the next event", async () => {
    const heard: string[] = [];
    const listen = (generation: number) => {
      const unsubscribe = plugbay.on("change", () => {
        heard.push(`listener ${generation}`);
        unsubscribe();
        if (generation < 10) listen(generation + 1);
      });
    };
    listen(1);
    await change();
    expect(heard).toEqual(["listener 1"]);
    await change();
    expect(heard).toEqual(["listener 1", "listener 2"]);
  });

  test("may make a change itself, and hears of it", async () => {
    const revisions: number[] = [];
    plugbay.on("change", ({ revision }) => {
      revisions.push(revision);
      if (revisions.length < 3) void change();
    });
    await change();
    await expect.poll(() => revisions).toEqual([2, 3, 4]);
  });
});
