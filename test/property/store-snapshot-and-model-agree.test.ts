import fc from "fast-check";
import { test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { action, build } from "./actions.ts";
import { System } from "./system.ts";

const builds = fc.tuple(build, build);
const actions = fc.array(action, { maxLength: 25, size: "max" });
const runs = { sqlite: 100, postgres: 8, mysql: 8 };

onEveryDatabase((home) => {
  test("rows, snapshots and model agree after every step of two processes", async () => {
    await fc.assert(
      fc.asyncProperty(builds, actions, async (builds, actions) => {
        const system = await System.open(home, builds);
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
      { numRuns: runs[home.kind.dialect], interruptAfterTimeLimit: 100_000 },
    );
  }, 120_000);
});
