import { definePlugin, definePluginType } from "plugbay";
import { openStore } from "../src/open/open-plugbay.ts";
import { bucketOf } from "../src/seeing/traffic/durations.ts";
import type { Database } from "../src/store/database.ts";
import type { TrafficNote } from "../src/store/traffic-row.ts";

// A type whose first choice begins to fail, with the calls of the last hour and of some hours before.

interface Gateway {
  send(): void;
}

export const gateway = definePluginType<Gateway>({
  name: "sms",
  manager: "apps/gateway",
  description: "Text messages",
  methods: { send: "required" },
  policy: { circuit: { failures: 3 } },
});

const names = ["vonage", "twilio", "infobip"] as const;

export const gatewayPlugins = names.map((name, index) =>
  definePlugin(gateway, {
    ...{ name, module: `apps/sms-${name}`, priority: 10 * (index + 1) },
    create: () => ({ send: () => undefined }),
  }),
);

const minuteMs = 60_000;
/** For so many minutes the first choice has been failing. */
const failingMinutes = 12;

/** Fills the traffic of the last hour: calls rise and fall, and from some minute on another item rescues them. */
export async function fillLastHour(
  database: Database,
  typeId: string,
  itemIdOf: (name: string) => Promise<string>,
): Promise<void> {
  const store = openStore({ database, plugins: [] });
  await store.connect();
  const [first, second] = [await itemIdOf(names[0]), await itemIdOf(names[1])];
  const minute = Math.floor(Date.now() / minuteMs) * minuteMs;
  const notes: TrafficNote[] = [];
  for (let ago = 59; ago >= 1; ago -= 1) {
    const startsAt = minute - ago * minuteMs;
    const calls = Math.round(60 + 25 * Math.sin(ago / 7) + 8 * Math.sin(ago * 2.3));
    const failed = ago <= failingMinutes ? Math.round(calls * 0.55) : ago % 9 === 0 ? 1 : 0;
    const at = { unit: "minute", startsAt, writer: "app-1" } as const;
    notes.push(
      { ...at, typeId, itemId: first, ...counts(calls, failed, 0, 140) },
      { ...at, typeId, itemId: "", ...counts(calls, 0, failed, 160) },
      { ...at, typeId: "", itemId: "", ...counts(calls, 0, failed, 160) },
    );
    if (failed > 0) notes.push({ ...at, typeId, itemId: second, ...counts(failed, 0, 0, 210) });
  }
  await store.traffic.save(notes);
  await store.close();
}

const counts = (calls: number, failed: number, rescued: number, ms: number) => ({
  ...{ calls, failures: [failed, 0, 0, 0, 0, 0], rescued },
  durations: [
    ...[bucketOf(ms / 2), Math.floor(calls / 4)],
    ...[bucketOf(ms), Math.ceil(calls / 2)],
    ...[bucketOf(ms * 2.5), Math.floor(calls / 4)],
  ],
});
