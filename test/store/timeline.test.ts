import { definePlugin, definePluginType, InvalidOptionError, type OpenOptions, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { EventRegister } from "../../src/store/event-register.ts";
import { onEveryDatabase } from "./test-database.ts";

interface Sender {
  send(): Promise<string>;
}

const type = definePluginType<Sender>({
  ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
  policy: { circuit: { failures: 2, coolingMs: 300, maxCoolingMs: 300 } },
});

onEveryDatabase((home) => {
  let isDown = false;
  const provider = (name: string, priority: number) =>
    definePlugin(type, {
      ...{ name, module: "apps/send", priority },
      create: () => ({
        send: async () => {
          if (name === "vonage" && isDown) {
            throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
          }
          return name;
        },
      }),
    });
  const plugins = [type, provider("vonage", 1), provider("twilio", 2)];
  const start = (options: Partial<OpenOptions> = {}) =>
    home.open(plugins, { pollIntervalMs: 40, heartbeatMs: 60_000, ...options });
  const idOf = (plugbay: Plugbay, name: string): string =>
    plugbay.items(type).find((item) => item.name === name)?.id ?? "";
  const typeIdOf = (plugbay: Plugbay): string => plugbay.items(type)[0]?.typeId ?? "";

  /** `twilio took over from vonage in 2 of 2`, the latest first. */
  async function told(plugbay: Plugbay): Promise<string[]> {
    const name = (id: string | null) => plugbay.items(type).find((item) => item.id === id)?.name;
    const entries = await plugbay.control.timeline(typeIdOf(plugbay));
    return entries.flatMap((entry) => {
      if (entry.kind === "change") return entry.source === "sync" ? [] : [`${entry.actor}: ${entry.reason}`];
      const where = `in ${entry.processes} of ${entry.of}`;
      const { kind, itemId, from, message, was } = entry;
      if (kind === "switched") return [`${name(itemId)} took over from ${name(from)} ${where}`];
      return [`${name(itemId)} ${kind} ${message ?? was} ${where}`];
    });
  }

  test("a circuit that opens, who took over, and the recovery are told of all processes together", async () => {
    isDown = false;
    const one = await start();
    await start();
    const watcher = await start({ heartbeatMs: false });
    await expect.poll(async () => (await watcher.control.processes()).length).toBe(2);
    expect(await told(watcher)).toEqual([]);
    const send = () => one.run(type, (sender) => sender.send());
    isDown = true;
    for (let calls = 0; calls < 3; calls += 1) await send();
    await expect
      .poll(async () => (await told(watcher)).sort(), { timeout: 5_000 })
      .toEqual(["twilio took over from vonage in 2 of 2", "vonage circuit connect ECONNREFUSED in 2 of 2"]);
    isDown = false;
    await expect
      .poll(
        async () => {
          await send();
          return (await told(watcher)).filter((line) => line.startsWith("vonage recovered"));
        },
        { timeout: 10_000 },
      )
      .toEqual(["vonage recovered circuit in 2 of 2"]);
  });

  test("people's changes stand among what happened, without what may be long, and with what followed", async () => {
    const one = await start();
    const reason = "it bills twice";
    const by = { actor: "alice", reason };
    const { revision } = await one.control.bulk([idOf(one, "vonage")], "disable", by);
    await expect
      .poll(() => told(one))
      .toEqual(["twilio took over from vonage in 1 of 1", `alice: ${reason}`]);
    const [, change] = await one.control.timeline(typeIdOf(one), { limit: 2 });
    expect(change).toMatchObject({ revision, total: 1, entries: [{ after: { status: "disable" } }] });
    const description = "x".repeat(2_000);
    await one.control.updateItem(idOf(one, "twilio"), { description }, by);
    const [latest] = await one.control.timeline(typeIdOf(one), { limit: 1 });
    expect(latest).toMatchObject({ entries: [{ after: { description: null } }] });
    const since = new Date(Date.now() + 60_000).toISOString();
    expect(await one.control.timeline(typeIdOf(one), { since })).toEqual([]);
    await expect(one.control.timeline(typeIdOf(one), { limit: 201 })).rejects.toThrow(InvalidOptionError);
    await expect(one.control.timeline(typeIdOf(one), { since: "soon" })).rejects.toThrow("since");
    await expect(one.control.timeline(idOf(one, "vonage"))).rejects.toThrow("type");
  });

  test("what only newer code understands is left out, and what is older than 14 days is removed", async () => {
    const one = await start();
    const db = await home.kysely();
    const row = {
      ...{ namespace: home.namespace, type_id: typeIdOf(one), item_id: idOf(one, "vonage") },
      ...{ process_id: one.processId ?? "", details: "{", kind: "circuit" },
    };
    const days = (count: number) => Date.now() - count * 86_400_000;
    await db
      .insertInto("plugbay_event")
      .values([
        { ...row, id: "old", at: days(15) },
        { ...row, id: "new", at: days(1), kind: "exploded" },
        { ...row, id: "odd", at: days(2) },
      ])
      .execute();
    expect(await told(one)).toEqual(["vonage circuit null in 1 of 1"]);
    // Each process removes old ones within an hour in which it notes something.
    const store = await home.store();
    await store.register((place) => new EventRegister(place)).prune();
    const left = await db
      .selectFrom("plugbay_event")
      .select("id")
      .where("namespace", "=", home.namespace)
      .execute();
    expect(left.map(({ id }) => String(id)).sort()).toEqual(["new", "odd"]);
  });
});
