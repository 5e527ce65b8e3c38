import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds } from "../store/database-kinds.ts";
import { closeAll, openAll, smallSetup } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { readsOfItems } from "./reads-of-items.ts";

const processes = 20;
/** Each plans a sync, reads what it serves, and looks once more; on a busy machine some look again. */
const mostReads = 4 * processes;

let members: Member[];

beforeAll(async () => {
  members = await Member.startSome(processes);
}, 120_000);

afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.each(databaseKinds)("on $name", ({ dialect, absence, create }) => {
  const counter = readsOfItems[dialect];
  const bound = counter === undefined ? "" : `, and they read the items at most ${mostReads} times`;

  test.skipIf(absence !== undefined)(
    `${processes} processes that start at once on an empty database all serve, and nothing appears twice${bound}`,
    async () => {
      const empty = await create();
      const db = await empty.kysely();
      try {
        await counter?.begin(db);
        const setup = smallSetup({ kind: dialect, url: empty.address });
        // On a busy machine, the last of so many may wait long for its connection.
        await openAll(members, { ...setup, options: { ...setup.options, readyTimeoutMs: 60_000 } });
        const answers = await Promise.all(members.map((member) => member.ask("get", "type-0")));
        expect(new Set(answers.map(({ itemId }) => itemId)).size).toBe(1);
        for (const { itemId, revision } of answers) {
          expect(itemId).toBeDefined();
          expect(revision).toBe(1);
        }
        await closeAll(members);

        const rows = await db.selectFrom("plugbay_item").select(["type_id", "module", "name"]).execute();
        expect(rows).toHaveLength(21);
        expect(await db.selectFrom("plugbay_audit").selectAll().execute()).toHaveLength(24);
        if (counter === undefined) return;
        const reads = await counter.count(db);
        expect(reads).toBeGreaterThanOrEqual(processes);
        expect(reads).toBeLessThanOrEqual(mostReads);
      } finally {
        await db.destroy();
        await empty.drop();
      }
    },
    120_000,
  );
});
