import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { describe, expect, onTestFinished, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { databaseKinds } from "../store/database-kinds.ts";
import { defineOne } from "./define-one.ts";
import { toolsOf } from "./harness/swap-databases.ts";
import { waitFor } from "./harness/wait-for.ts";

const pollIntervalMs = 1_000;
/** Two intervals, and what a busy machine needs to connect anew. */
const bound = 2 * pollIntervalMs + 2_000;

const { type: otp, plugins } = defineOne({
  name: "otp",
  plugins: [{ name: "sms" }, { name: "mail", priority: 1 }, { name: "app", priority: 2 }],
});

const opened: Plugbay[] = [];

async function open(database: Database, isFollowing = false): Promise<Plugbay> {
  const plugbay = await openPlugbay({
    database,
    plugins: [otp, ...plugins],
    migrate: true,
    pollIntervalMs: isFollowing && pollIntervalMs,
    ...(!isFollowing && { heartbeatMs: false as const }),
  });
  opened.push(plugbay);
  return plugbay;
}

async function disable(database: Database, name: string): Promise<number> {
  const plugbay = await open(database);
  const item = plugbay.items(otp).find((candidate) => candidate.name === name);
  await plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, { actor: "alice" });
  const { revision } = snapshotOf(plugbay);
  await plugbay.close();
  return revision;
}

const nameServed = (plugbay: Plugbay): string | undefined => {
  const id = plugbay.get(otp)?.itemId();
  return plugbay.items(otp).find((item) => item.id === id)?.name;
};

describe.each(databaseKinds)("on $name", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    `a copy that is promoted at the same revision with other contents is served within ${bound / 1_000} s`,
    async () => {
      const [original, copy] = [await kind.create(), await kind.create()];
      const { copy: copyTo, swap } = toolsOf(kind);
      onTestFinished(async () => {
        await Promise.all(opened.splice(0).map((plugbay) => plugbay.close()));
        await original.drop();
        await copy.drop();
      });
      const first = await open(original.database);
      await first.close();
      await copyTo(original, copy);
      const reader = await open(original.database, true);
      // The last change never reached the copy, where the next operator decides otherwise.
      const revision = await disable(original.database, "sms");
      await waitFor("the change", bound, () => nameServed(reader) === "mail");
      expect(await disable(copy.database, "mail")).toBe(revision);
      expect(reader.state).toMatchObject({ kind: "live", revision });

      await swap(original, copy);
      await waitFor("the contents of the copy", bound, () => nameServed(reader) === "sms");
      await waitFor("a live reader", bound, () => reader.state.kind === "live");
      const next = await disable(original.database, "sms");
      await waitFor("the next change", bound, () => nameServed(reader) === "app");
      expect(reader.state).toMatchObject({ kind: "live", revision: next });
      const late = await open(original.database);
      expect(reader.items(otp)).toEqual(late.items(otp));
    },
    60_000,
  );
});
