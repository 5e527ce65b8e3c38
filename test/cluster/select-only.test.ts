import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds } from "../store/database-kinds.ts";
import { type GrantedUsers, grantedUsers } from "../store/granted-users.ts";
import { disableAndAgree } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { declare, type Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

const bound = 20_000;
const late = { name: "late", plugins: [{ name: "only" }] };

let members: Member[];
beforeAll(async () => {
  members = await Member.startSome(4);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

// Who may only read a SQLite file is shown in test/store/rights.
describe.each(databaseKinds.filter(({ dialect }) => dialect !== "sqlite"))("on $name", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    "a process that may only SELECT serves, also with a type that nobody has synced, follows who writes, and outlives him",
    async () => {
      const [writer, reader] = members.splice(0, 2);
      if (writer === undefined || reader === undefined) throw new Error("there are too few processes");
      const place = await kind.create();
      const users = await grantedUsers(kind, place, []);
      try {
        const setup = (user: Parameters<GrantedUsers["addressOf"]>[0], types: Setup["types"]): Setup => ({
          database: { kind: kind.dialect, url: users.addressOf(user) },
          types,
          options: { pollIntervalMs: 200 },
        });
        const known = declare(3, 7);
        await writer.ask("open", setup("writer", known));
        await reader.ask("open", setup("reader", [...known, late]));
        await reader.until("live", bound, (state) => state.kind === "live");
        expect((await reader.ask("get", "late")).itemId).toBeUndefined();
        await disableAndAgree(writer, [reader], "type-0", bound);

        const { itemId } = await reader.ask("get", "type-0");
        await expect(reader.ask("updateItem", itemId ?? "", { status: "disable" })).rejects.toMatchObject({
          name: "DatabaseForbiddenError",
        });
        expect((await reader.ask("get", "type-0")).itemId).toBe(itemId);

        await writer.ask("close");
        await writer.ask("open", setup("writer", [...known, late]));
        await waitFor("the late type", bound, async () => (await reader.ask("get", "late")).itemId);
        await disableAndAgree(writer, [reader], "type-1", bound);
        await writer.kill();
        expect((await reader.ask("get", "type-0")).itemId).toBe(itemId);
        expect((await reader.ask("state")).kind).toBe("live");
        await reader.ask("close");
      } finally {
        await reader.stop();
        await users.drop();
        await place.drop();
      }
    },
    120_000,
  );
});
