import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds } from "../store/database-kinds.ts";
import { newVersion, oldVersion } from "./deploy-versions.ts";
import { closeAll, smallSetup } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";

const bound = 15_000;

let members: [Member, Member];
beforeAll(async () => {
  members = (await Member.startSome(2)) as typeof members;
}, 60_000);
afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.each(databaseKinds)("on $name", ({ dialect, absence, create }) => {
  for (const order of [
    ["old", "new"],
    ["new", "old"],
  ] as const) {
    test.skipIf(absence !== undefined)(
      `while the ${order[0]} version migrates and then the ${order[1]} one, both serve what their own code can, at each call`,
      async () => {
        const empty = await create();
        const setup = smallSetup({ kind: dialect, url: empty.address });
        const [older, newer] = members;
        await older.ask("open", { ...setup, types: oldVersion.types });
        await newer.ask("open", { ...setup, types: newVersion.types });
        for (const member of members) await member.ask("watch");
        for (let round = 0; round < 2; round += 1) {
          for (const version of order) {
            // As `npx plugbay migrate` does.
            const member = version === "old" ? older : newer;
            await member.ask("sync", { mode: "create", prune: true });
            const { revision } = await member.ask("state");
            for (const other of members) {
              await other.until("the same revision", bound, (state) => state.revision === revision);
            }
          }
        }
        for (const member of members) {
          const { answers, calls } = await waitFor("calls", bound, async () => {
            const watched = await member.ask("watched");
            return watched.calls > 200 && watched;
          });
          expect(calls).toBeGreaterThan(200);
          expect(answers.filter(({ itemId }) => itemId === undefined)).toEqual([]);
        }
        await closeAll(members);
        await empty.drop();
      },
      60_000,
    );
  }
});
