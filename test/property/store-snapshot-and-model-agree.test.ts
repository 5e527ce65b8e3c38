import fc from "fast-check";
import { test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { onEveryDatabase } from "../store/test-database.ts";
import { action, build } from "./actions.ts";
import { Hand } from "./hand.ts";
import { System } from "./system.ts";
import { seed, times } from "./times.ts";

const builds = fc.tuple(build, build);
const runs = { sqlite: 100, postgres: 8, mysql: 8 };
const actions = fc.array(action, { maxLength: 25, size: "max" });

onEveryDatabase((home) => {
  test(
    "rows, snapshots and model agree after every step of two processes",
    async () => {
      // Of rows that were edited by hand.
      collectWarnings();
      const hand = await Hand.on(home);
      await fc.assert(
        fc.asyncProperty(builds, actions, async (builds, actions) => {
          const system = await System.open(home, hand, builds);
          try {
            await system.agrees();
            for (const action of actions) {
              await system.do(action);
              await system.agrees();
            }
          } finally {
            await system.close();
          }
        }),
        // What is found is told in the time there is, if not always by the shortest example.
        {
          ...seed,
          numRuns: Math.ceil(runs[home.kind.dialect] * times),
          interruptAfterTimeLimit: 100_000 * times,
        },
      );
    },
    120_000 * times,
  );
});
