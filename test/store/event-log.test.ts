import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { EventLog } from "../../src/following/event-log.ts";
import { RefusedWrites } from "../../src/following/refused-writes.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import type { ReportedTrouble } from "../../src/store/process-row.ts";
import { newUuid } from "../../src/store/uuid.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { onEveryDatabase } from "./test-database.ts";

const type = definePluginType<{ send(): string }>({
  ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
});
const of = (name: string, status: "active" | "disable" = "active") =>
  definePlugin(type, { name, module: "apps/send", status, create: () => ({ send: () => name }) });
const many = Array.from({ length: 150 }, (_, number) => of(`sender_${number}`));

onEveryDatabase((home) => {
  async function open() {
    const clock = new ManualClock();
    const plugbay = await home.open([type, of("a"), of("b"), of("idle", "disable"), ...many]);
    const snapshot = snapshotOf(plugbay);
    const items = new Map(plugbay.items(type).map((item) => [item.name, item]));
    const typeId = items.get("a")?.typeId ?? "";
    const log = new EventLog({
      ...{ clock, store: await home.store(), serving: { snapshot } },
      refusedWrites: new RefusedWrites(clock),
    });
    const db = await home.kysely();
    const process = newUuid();
    const seen = new Set<string>();
    const since = () => new Date(clock.now()).toISOString();
    return {
      ...{ clock, log, db },
      trouble: (name: string, state: ReportedTrouble["state"]): ReportedTrouble => ({
        ...{
          itemId: items.get(name)?.id ?? "",
          state,
          since: since(),
          message: null,
          failedCalls: 0,
          until: null,
        },
      }),
      /** What is noted when an item serves, and these are in trouble. */
      async note(name: string, ...troubles: readonly ReportedTrouble[]): Promise<string[]> {
        const itemId = items.get(name)?.id ?? null;
        const serves = [{ typeId, itemId, how: "first-choice" as const, since: since() }];
        await log.note(process, { serves, troubles });
        const rows = await db
          .selectFrom("plugbay_event")
          .select(["id", "kind", "item_id"])
          .where("namespace", "=", home.namespace)
          .execute();
        const added = rows.filter(({ id }) => !seen.has(String(id)));
        for (const { id } of added) seen.add(String(id));
        const nameOf = (id: unknown) => plugbay.items(type).find((item) => item.id === id)?.name;
        return added.map(({ kind, item_id }) => `${kind} ${nameOf(item_id)}`).sort();
      },
    };
  }

  test("what is so at the beginning is no news, and what changes is noted once", async () => {
    const { note, trouble } = await open();
    expect(await note("a", trouble("b", "failed"))).toEqual([]);
    expect(await note("a", trouble("b", "failed"))).toEqual([]);
    expect(await note("b")).toEqual(["recovered b", "switched b"]);
    expect(await note("b")).toEqual([]);
  });

  test("what flaps is noted at most once in 10 s of each kind, and then as it is", async () => {
    const { note, log, clock, trouble } = await open();
    await note("a");
    expect(await note("a", trouble("a", "circuit"))).toEqual(["circuit a"]);
    expect(await note("a")).toEqual(["recovered a"]);
    for (let times = 0; times < 10; times += 1) {
      expect(await note("a", trouble("a", "circuit"))).toEqual([]);
      expect(log.isBehind).toBe(true);
      expect(await note("a")).toEqual([]);
      expect(log.isBehind).toBe(false);
    }
    await clock.advance(10_000);
    expect(await note("a", trouble("a", "circuit"))).toEqual(["circuit a"]);
  });

  test("items that are held or taken out of use have not recovered", async () => {
    const { note, trouble } = await open();
    await note("a");
    expect(await note("a", trouble("a", "circuit"), trouble("idle", "failed"))).toEqual(["circuit a"]);
    expect(await note("a", trouble("a", "held"))).toEqual([]);
    expect(await note("a")).toEqual([]);
  });

  test("what could not be written is written later, at most a hundred at once", async () => {
    const { note, log, db, clock, trouble } = await open();
    await note("a");
    const troubles = many.map(({ name }) => trouble(name, "failed"));
    await db.schema.alterTable("plugbay_event").renameTo("event_away").execute();
    await expect(note("a", ...troubles)).rejects.toThrow();
    await db.schema.alterTable("event_away").renameTo("plugbay_event").execute();
    expect(log.isBehind).toBe(true);
    expect(await note("a", ...troubles)).toHaveLength(100);
    await clock.advance(1_000);
    expect(await note("a", ...troubles)).toHaveLength(50);
    expect(log.isBehind).toBe(false);
  });
});
