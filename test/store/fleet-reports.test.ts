import { definePlugin, definePluginType, type OpenOptions, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { onEveryDatabase } from "./test-database.ts";

interface Sender {
  send(): Promise<string>;
}

const type = definePluginType<Sender>({
  ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
  policy: { circuit: { failures: 2, coolingMs: 60_000, maxCoolingMs: 60_000 } },
});

const down = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

const provider = (name: string, priority: number, isDown: () => boolean) =>
  definePlugin(type, {
    ...{ name, module: "apps/send", priority },
    create: () => ({
      send: async () => {
        if (isDown()) throw down;
        return name;
      },
    }),
  });

/** `vonage first-choice 3 of 3` */
async function servedIn(watcher: Plugbay): Promise<string[]> {
  const [listed] = await watcher.control.types();
  const { by, processes } = (await watcher.control.fleet()).servingNow(listed?.id ?? "");
  return by.map(({ item, how, processes: count }) => `${item?.name} ${how} ${count} of ${processes}`);
}

onEveryDatabase((home) => {
  const start = (plugins: OpenOptions["plugins"], options: Partial<OpenOptions> = {}) =>
    home.open(plugins, { pollIntervalMs: 40, heartbeatMs: 60_000, ...options });

  test("what serves is told by all processes, when an operator changes it and when calls fail", async () => {
    let isDown = false;
    const plugins = [type, provider("vonage", 1, () => isDown), provider("twilio", 2, () => isDown)];
    const fleet = [await start(plugins), await start(plugins), await start(plugins)] as const;
    const [first] = fleet;
    const watcher = await start(plugins, { heartbeatMs: false });
    await expect.poll(() => servedIn(watcher)).toEqual(["vonage first-choice 3 of 3"]);

    const [vonage] = first.items(type);
    const { revision } = await first.control.updateItem(
      vonage?.id ?? "",
      { priority: 9 },
      { actor: "alice" },
    );
    await expect.poll(() => servedIn(watcher)).toEqual(["twilio first-choice 3 of 3"]);
    expect(await watcher.control.inForce(revision)).toEqual({ revision, processes: 3, inForce: 3 });
    expect(await watcher.control.inForce(revision + 1)).toMatchObject({ processes: 3, inForce: 0 });

    isDown = true;
    const send = () => first.run(type, (sender) => sender.send()).catch(() => undefined);
    for (let calls = 0; calls < 4; calls += 1) await send();
    await expect.poll(() => servedIn(watcher), { timeout: 5_000 }).toEqual(["twilio last-resort 3 of 3"]);
    const [row] = await watcher.control.processes();
    const { id } = first.items(type)[0] ?? {};
    expect(row?.troubles.find(({ itemId }) => itemId === id)).toMatchObject({
      ...{ state: "circuit", message: "connect ECONNREFUSED", failedCalls: expect.any(Number) },
      ...{ since: expect.any(String), until: expect.any(String) },
    });
  });

  test("processes that differ are told apart, and one of code before that did is counted", async () => {
    const well = [type, provider("vonage", 1, () => false), provider("twilio", 2, () => false)];
    const older = await start(well);
    await start([type, provider("twilio", 2, () => false)]);
    const watcher = await start(well, { heartbeatMs: false });
    await expect
      .poll(() => servedIn(watcher))
      .toEqual(expect.arrayContaining(["vonage first-choice 1 of 2", "twilio lower-choice 1 of 2"]));
    const db = await home.kysely();
    await db
      .updateTable("plugbay_process")
      .set({ serves: null, troubles: null, report_mark: null })
      .where("id", "=", older.processId ?? "")
      .execute();
    await expect.poll(() => servedIn(watcher)).toEqual(["twilio lower-choice 1 of 2"]);
  });

  /** What a process writes of itself, of changes every few milliseconds for a while too. */
  async function beatsOf(heartbeatMs: number) {
    const statements: string[] = [];
    const database = await home.kysely({ log: ({ query }) => void statements.push(query.sql) });
    const plugins = [type, provider("vonage", 1, () => false), provider("twilio", 2, () => false)];
    const plugbay = await start(plugins, { database, heartbeatMs });
    const beats = () => statements.filter((statement) => /^update .*plugbay_process/.test(statement));
    return { plugbay, beats };
  }

  test("what is as it was is not written again", async () => {
    const { beats } = await beatsOf(100);
    await expect.poll(() => beats().length).toBeGreaterThan(4);
    expect(
      beats()
        .slice(2)
        .filter((statement) => /serves|plugins/.test(statement)),
    ).toEqual([]);
  });

  test("news are told at once, and no more often than once a second", async () => {
    const { plugbay, beats } = await beatsOf(60_000);
    const [vonage] = plugbay.items(type);
    const began = performance.now();
    for (let priority = 0; performance.now() - began < 1_500; priority = 9 - priority) {
      await plugbay.control.updateItem(vonage?.id ?? "", { priority }, { actor: "alice" });
    }
    const seconds = (performance.now() - began) / 1_000;
    expect(beats().length).toBeGreaterThan(0);
    // That of the start, and one at once.
    expect(beats().length).toBeLessThanOrEqual(Math.ceil(seconds) + 2);
  });
});
