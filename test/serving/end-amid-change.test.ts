import { definePlugin } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { itemRow, typeRow } from "../selection/rows.ts";
import { ServingBench } from "./serving-bench.ts";

beforeEach(() => collectWarnings());

const types = [typeRow("otp")];
const by = { by: "alice", since: "2030-01-01T00:00:00.000Z" };
const until = "2030-01-01T00:00:01.000Z";
const held = itemRow("otp", "held", { hold: { ...by, reason: "maintenance", until } });
const module = "apps/channels";

/** A plugin that fails to be made. */
const failing = definePlugin(otp, {
  ...{ module, name: "failing" },
  create: () => {
    throw new Error("no credit");
  },
});

test("rows that come after the end are not served: no plugin is made, and no end of a hold waited for", () => {
  let made = 0;
  const create = () => {
    made += 1;
    return new Sender("sms");
  };
  const bench = new ServingBench(otp, senderPlugin("sms", { create }));
  bench.serving.end();
  bench.accept({ types, items: [itemRow("otp", "sms"), held] });
  expect(made).toBe(0);
  expect(bench.serving.snapshot.revision).toBe(0);
  expect(bench.heard).toEqual([]);
  expect(bench.clock.pending).toBe(0);
});

describe("nothing is told or waited for any more once the end came by", () => {
  test("a plugin that is made for a change", () => {
    const ending = senderPlugin("ending", {
      create: () => {
        bench.serving.end();
        return new Sender("ending");
      },
    });
    const bench = new ServingBench(otp, ending);
    bench.accept({ types, items: [held, itemRow("otp", "ending")] });
    expect(bench.serving.snapshot.revision).toBe(0);
    expect(bench.heard).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  test("a listener that hears what cannot be made of a change", () => {
    const bench = new ServingBench(otp, failing);
    bench.emitter.on("readiness", () => bench.serving.end());
    bench.accept({ types, items: [itemRow("otp", "failing")] });
    expect(bench.heard).toEqual(["failing failed"]);
  });

  test("what hears that an item is no longer made, for its lead has ended", async () => {
    const slow = definePlugin(otp, {
      ...{ module, name: "slow" },
      create: ({ signal }) => {
        signal.addEventListener("abort", () => bench.serving.end());
        return new Promise<never>(() => undefined);
      },
    });
    const bench = new ServingBench(otp, slow);
    bench.accept({ types, items: [itemRow("otp", "slow", { status: "disable", lead: { ...by, until } })] });
    expect(bench.heard).toEqual(["change of otp"]);
    await bench.clock.advance(1_000);
    expect(bench.serving.isClosed).toBe(true);
    expect(bench.heard).toEqual(["change of otp"]);
  });
});
