import { expect, test } from "vitest";
import {
  closeAll,
  disableServing,
  openAll,
  smallSetup,
  untilAll,
  untilTransport,
} from "./harness/cluster.ts";
import { clusterKinds } from "./harness/cluster-kinds.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";

const startMs = 20_000;

/** A second, and what 8 processes take on a busy machine for their own part. */
const withinMs = 4_000;

for (const kind of clusterKinds) {
  test.skipIf(kind.absence !== undefined)(
    `a change is reported as in force by all of 8 processes at once: ${kind.title}`,
    async () => {
      const members = await Member.startSome(8);
      const empty = await kind.database.create();
      try {
        const setup = smallSetup({ kind: kind.database.dialect, url: empty.address }, kind.push);
        const [first] = members as [Member, ...Member[]];
        await openAll([first], setup);
        await openAll(members.slice(1), setup);
        await untilTransport(members, kind.transport, startMs);
        await untilAll(members, "state live", startMs, ({ kind: state }) => state === "live");
        const revisions = async () => (await first.ask("processes")).map(({ revision }) => revision);
        await waitFor("8 processes", startMs, async () => (await revisions()).length === 8);
        // What the start had to tell is told.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        const { types } = setup;
        for (const { name } of types) {
          const before = Math.max(...(await revisions()));
          await disableServing(first, name);
          await waitFor("all 8 to say so", withinMs, async () =>
            (await revisions()).every((revision) => revision > before),
          );
        }
        const rows = await first.ask("processes");
        const told = rows.map(({ serves }) => serves.map(({ itemId, how }) => `${itemId} ${how}`));
        expect(new Set(told.map((one) => one.sort().join()))).toHaveProperty("size", 1);
      } finally {
        await closeAll(members);
        await Promise.all(members.map((member) => member.stop()));
        await empty.drop();
      }
    },
    90_000,
  );
}
