import type { ItemPatch } from "plugbay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeAll, openAll, smallSetup, untilTransport } from "./harness/cluster.ts";
import { clusterKinds } from "./harness/cluster-kinds.ts";
import { Member } from "./harness/member.ts";

const turns = 50;
const bound = 20_000;
const types = ["type-0", "type-1", "type-2"];

let members: Member[];
beforeAll(async () => {
  members = await Member.startSome(types.length);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.each(clusterKinds)("on $title", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    `after an update, get answers with the change, ${turns} times in a row in each of ${types.length} processes that write at once`,
    async () => {
      const empty = await kind.database.create();
      try {
        await openAll(members, smallSetup({ kind: kind.database.dialect, url: empty.address }, kind.push));
        await untilTransport(members, kind.transport, bound);
        // Each has a type of its own, so nobody else changes what it gets.
        await Promise.all(members.map((member, index) => expectOwnWrites(member, types[index] ?? "")));
        await closeAll(members);
      } finally {
        await empty.drop();
      }
    },
    120_000,
  );
});

/** Changes the items of a type, and expects each answer to follow from the change before it. */
async function expectOwnWrites(member: Member, type: string): Promise<void> {
  const inOrder = async () => (await member.ask("items", type)).map(({ id }) => id);
  const ids = await inOrder();
  let last = 0;
  const expectAnswer = async (id: string, patch: ItemPatch, itemId: string | undefined): Promise<void> => {
    const answer = await member.ask("updateAndGet", id, patch, type);
    expect(answer.itemId).toBe(itemId);
    expect(answer.revision).toBeGreaterThan(last);
    last = answer.revision;
  };
  for (let turn = 0; turn < turns; turn += 1) {
    const id = ids[turn % ids.length] ?? "";
    await expectAnswer(id, { status: "active", priority: -1 - turn }, id);
  }
  const order = await inOrder();
  for (const [index, id] of order.entries()) await expectAnswer(id, { status: "disable" }, order[index + 1]);
}
