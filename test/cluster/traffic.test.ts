import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/open/open-plugbay.ts";
import { bundleProgram } from "../bundle-program.ts";
import { databaseKinds } from "../store/database-kinds.ts";

const program = await bundleProgram(fileURLToPath(new URL("traffic-process.ts", import.meta.url)));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

interface Told {
  readonly calls: number;
  readonly at: number;
}

/** A process that calls; `told` has how many calls it had made when. */
async function start(kind: string, address: string) {
  const child = fork(program, [kind, address], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  children.push(child);
  const told: Told[] = [];
  child.on("message", (message) => void told.push(message as Told));
  await once(child, "message");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { told, kill };
}

for (const kind of databaseKinds) {
  const title = kind.absence === undefined ? kind.name : `${kind.name} (skipped: ${kind.absence})`;
  describe.skipIf(kind.absence !== undefined)(title, () => {
    test("processes that are killed lose the calls of their last 10 seconds at most, and none counts twice", async () => {
      const place = await kind.create();
      const store = openStore({ database: place.database, plugins: [] });
      await store.connect();
      await store.migrate();
      const members = await Promise.all([1, 2, 3].map(() => start(kind.dialect, place.address)));
      await pause(26_000);
      await Promise.all(members.map(({ kill }) => kill()));
      const last = members.map(({ told }) => told.at(-1) ?? { calls: 0, at: 0 });
      // With a second for the statement, on a machine that does other things, too.
      const before = members.map(({ told }, index) => {
        const limit = (last[index]?.at ?? 0) - 11_000;
        return told.findLast(({ at }) => at <= limit)?.calls ?? 0;
      });
      const all = await store.traffic.sums([{ typeId: "", itemId: "" }], { units: ["minute"], since: 0 });
      const hours = await store.traffic.sums([{ typeId: "", itemId: "" }], { units: ["part"], since: 0 });
      const counted = all.reduce((sum, { calls }) => sum + calls, 0);
      expect(counted).toBeLessThanOrEqual(last.reduce((sum, { calls }) => sum + calls, 0) + 3 * 5);
      expect(counted).toBeGreaterThanOrEqual(before.reduce((sum, calls) => sum + calls, 0));
      expect(hours.reduce((sum, { calls }) => sum + calls, 0)).toBe(counted);
      await store.close();
      await place.drop();
    }, 90_000);
  });
}
