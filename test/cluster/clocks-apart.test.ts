import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds } from "../store/database-kinds.ts";
import { agreeOn, closeAll, disableAndAgree, disableServing, smallSetup } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";

const minutes = 60_000;
const bound = 15_000;
/** What each process's clock is off by, and how often it says that it is alive. */
const processes = [
  { offMs: 0, heartbeatMs: 1_000 },
  { offMs: 5 * minutes, heartbeatMs: 500 },
  { offMs: -5 * minutes, heartbeatMs: 2_000 },
];

let members: [Member, Member, Member];
beforeAll(async () => {
  members = (await Member.startSome(3)) as typeof members;
}, 60_000);
afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.each(databaseKinds)("on $name", ({ dialect, absence, create }) => {
  test.skipIf(absence !== undefined)(
    "processes whose clocks are 5 minutes apart, and step, follow each other and count each other as alive",
    async () => {
      const empty = await create();
      const setup = smallSetup({ kind: dialect, url: empty.address });
      for (const [index, { offMs, heartbeatMs }] of processes.entries()) {
        const options = { ...setup.options, heartbeatMs };
        await members[index]?.ask("open", { ...setup, options, clockOffMs: offMs });
      }
      const listed = async (member: Member) => (await member.ask("processes")).map(({ pid }) => pid).sort();
      const all = members.map(({ pid }) => pid).sort();
      const expectAllListed = async () => {
        for (const member of members) expect(await listed(member)).toEqual(all);
      };
      await waitFor("all in all lists", bound, async () => {
        await expectAllListed();
        return true;
      });
      for (let second = 0; second < 4; second += 1) {
        await sleep(1_000);
        await expectAllListed();
      }

      const [one, early, late] = members;
      for (const [writer, others] of [
        [one, [early, late]],
        [early, [one, late]],
        [late, [one, early]],
      ] as const) {
        await disableAndAgree(writer, others, "type-0", bound);
      }

      // A time server sets two of them right, and one wrong.
      await early.ask("stepClock", -5 * minutes);
      await late.ask("stepClock", 5 * minutes);
      await one.ask("stepClock", -60 * minutes);
      const next = await disableServing(early, "type-1");
      await agreeOn([one, late], "type-1", next, bound);
      for (const member of members) {
        const { ageMs, kind } = await member.ask("state");
        expect(kind).toBe("live");
        expect(ageMs).toBeGreaterThanOrEqual(0);
        expect(ageMs).toBeLessThan(bound);
      }
      await sleep(2_500);
      await expectAllListed();
      await closeAll(members);
      await empty.drop();
    },
    120_000,
  );
});
