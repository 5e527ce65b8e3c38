import { afterAll, beforeAll, expect, test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { migrate } from "./harness/command.ts";
import { Member } from "./harness/member.ts";
import type { DeclaredType, Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

/** From a change until a process that polls follows it. */
const bound = 10_000;

/** Two versions that have a type in common, and no plugin. */
const versions: Record<"old" | "new", readonly DeclaredType[]> = {
  old: [
    { name: "otp", plugins: [{ name: "sms" }, { name: "mail", priority: 1 }] },
    { name: "pay", plugins: [{ name: "cash" }] },
  ],
  new: [
    { name: "otp", plugins: [{ name: "app" }] },
    { name: "push", plugins: [{ name: "phone" }] },
  ],
};

let members: Member[];
beforeAll(async () => {
  members = await Member.startSome(2);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

onEveryDatabase((home) => {
  for (const [first, second] of [
    ["old", "new"],
    ["new", "old"],
  ] as const) {
    for (const heartbeatMs of [5_000, false] as const) {
      const says =
        heartbeatMs === false ? "which do not say that they are alive" : "which say that they are alive";
      test(`the ${first} version serves without a gap while the ${second} one is migrated to and back, by processes ${says}`, async () => {
        const [one, other] = members as [Member, Member];
        const setupOf = (version: "old" | "new"): Setup => ({
          database: { kind: home.kind.dialect, url: home.here.address },
          types: versions[version],
          options: { namespace: home.namespace, version, pollIntervalMs: 50, heartbeatMs },
        });
        const held = heartbeatMs !== false;
        const itemsOf = async () => (await home.rows()).items;
        const retired = async () => {
          const items = await itemsOf();
          return items.filter((row) => row.retiredAt !== null).map(({ name }) => name);
        };
        const names = (version: "old" | "new") =>
          versions[version].flatMap(({ plugins }) => plugins.map(({ name }) => name));
        const followed = async (member: Member) => {
          const { revision } = await home.rows();
          await member.until("the latest revision", bound, (state) => state.revision === revision);
        };
        const alive = (count: number) =>
          waitFor(`${count} processes`, bound, async () => {
            if (held && (await one.ask("processes")).length !== count) throw new Error("not yet");
            return true;
          });

        await one.ask("open", setupOf(first));
        await one.ask("watch");
        await alive(1);
        // The deployment: the tables and rows first, then the processes.
        const { counts } = await migrate(setupOf(second));
        expect(counts.heldBack > 0).toBe(held);
        expect(await retired()).toEqual(held ? [] : expect.arrayContaining(names(first)));
        await followed(one);
        await other.ask("open", setupOf(second));
        await other.ask("watch");
        await alive(2);
        // And it is taken back, while both serve.
        await migrate(setupOf(first));
        expect(await retired()).toEqual(held ? [] : expect.arrayContaining(names(second)));
        await Promise.all([followed(one), followed(other)]);

        for (const [member, version] of [
          [one, first],
          [other, second],
        ] as const) {
          const { calls, answers } = await member.ask("watched");
          expect(calls).toBeGreaterThan(10);
          expect(answers.filter(({ itemId }) => itemId === undefined)).toEqual([]);
          const served = Object.values(await member.ask("served")).flat();
          expect(served.sort()).toEqual([...names(version)].sort());
        }

        // Once they are gone, what only they had is retired.
        await other.ask("close");
        const rest = await migrate(setupOf(first));
        expect(rest.counts.heldBack).toBe(0);
        expect((await retired()).sort()).toEqual([...names(second)].sort());
        await followed(one);
        expect((await one.ask("watched")).answers.filter(({ itemId }) => itemId === undefined)).toEqual([]);
        await one.ask("close");
      }, 120_000);
    }
  }
});
