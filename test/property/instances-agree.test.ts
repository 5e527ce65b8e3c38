import fc from "fast-check";
import { test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { instanceAction } from "./instance-actions.ts";
import { InstanceSystem } from "./instance-system.ts";

/** So many times as many in the variable; for a long run by hand, which then has no limit of time. */
const times = Number(process.env.PLUGBAY_TEST_PROPERTY_TIMES ?? 1);
/** The same runs each time, but for a long run, which looks for others: what it finds is kept as a test of its own. */
const seed = times > 1 ? {} : { seed: 20261127 };
const actions = fc.array(instanceAction, { maxLength: 30, size: "max" });

test(
  "instances are what their items say, and are disposed of once, when nobody uses them any more",
  async () => {
    collectWarnings();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 30_000), actions, async (graceMs, actions) => {
        const system = await InstanceSystem.open(graceMs);
        try {
          for (const action of actions) await system.do(action);
        } finally {
          await system.close();
        }
      }),
      { ...seed, numRuns: 150 * times, interruptAfterTimeLimit: 50_000 * times },
    );
  },
  60_000 * times,
);
