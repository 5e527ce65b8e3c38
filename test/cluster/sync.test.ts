import { afterAll, beforeAll, expect, test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { Member } from "./harness/member.ts";
import { type DeclaredType, declare } from "./harness/setup.ts";

const rounds = 20;
const declared = declare(10, 20);
let members: Member[];

beforeAll(async () => {
  members = await Member.startSome(8);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

onEveryDatabase((home) => {
  test(`8 processes sync the same 200 items at once, each in another order, ${rounds} times: no error, no duplicate, one revision`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const namespace = `${home.namespace} ${round}`;
      const open = (member: Member, turn: number) =>
        member.ask("open", {
          database: { kind: home.kind.dialect, url: home.here.address },
          types: turned(declared, turn),
          push: false,
          options: { namespace, pollIntervalMs: false, heartbeatMs: false },
        });
      await Promise.all(members.map(open));
      await Promise.all(members.map((member) => member.ask("close")));

      const { types, items, revision } = await home.rows({ namespace });
      const identities = items.map(({ typeId, module, name }) => JSON.stringify([typeId, module, name]));
      expect({ revision, types: types.length, items: items.length }).toEqual({
        revision: 1,
        types: 10,
        items: 200,
      });
      expect(new Set(identities).size).toBe(200);
    }
  }, 120_000);
});

/** The same types and plugins in another order. */
const turned = (types: readonly DeclaredType[], turn: number): DeclaredType[] =>
  rotate(types, turn * 3).map((type) => ({ ...type, plugins: rotate(type.plugins, turn * 7) }));

const rotate = <T>(values: readonly T[], by: number): T[] =>
  values.map((_, index) => values[(index + by) % values.length] as T);
