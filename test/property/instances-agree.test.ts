import fc from "fast-check";
import { test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { instanceAction } from "./instance-actions.ts";
import { InstanceSystem } from "./instance-system.ts";
import { seed, times } from "./times.ts";

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
      { ...seed, numRuns: Math.ceil(150 * times), interruptAfterTimeLimit: 50_000 * times },
    );
  },
  60_000 * times,
);
