import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Clock, openPlugbay } from "plugbay";
import { breakable, outage } from "./soak-database.ts";
import { bytesPerChange, growths, type Sample, sample } from "./soak-growth.ts";
import { Load } from "./soak-load.ts";
import { ending, ledger, plugin, worker } from "./soak-plugins.ts";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
const lastsMs = Number(values.minutes) * 60_000;
if (!(lastsMs > 0)) throw new Error("--minutes is a number above 0");
/** At least nine samples, and one a minute. */
const roundMs = Math.min(60_000, lastsMs / 9);
const graceMs = 500;

let timers = 0;
/** The real time; it counts the timers that wait. */
const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(ms, callback, keepAlive = false) {
    let isPending = true;
    timers += 1;
    const end = (): void => {
      if (isPending) timers -= 1;
      isPending = false;
    };
    const timer = setTimeout(() => {
      end();
      callback();
    }, ms);
    if (!keepAlive) timer.unref();
    return () => {
      end();
      clearTimeout(timer);
    };
  },
};

let leakWarnings = 0;
process.on("warning", ({ name }) => {
  if (name === "MaxListenersExceededWarning") leakWarnings += 1;
});

const folder = mkdtempSync(join(tmpdir(), "plugbay-soak-"));
const open = () =>
  openPlugbay({
    database: breakable(join(folder, "soak.db")),
    plugins: [worker, ...Array.from({ length: 12 }, (_, index) => plugin(`plugin-${index}`, index))],
    migrate: true,
    clock,
    graceMs,
    prepareTimeoutMs: 1_000,
    heartbeatMs: 5_000,
    healthChecks: { intervalMs: 2_000 },
  });
const plugbays = [await open(), await open()];
const load = new Load(plugbays);
const samples: Sample[] = [];
const startedAt = performance.now();
console.log(`Node ${process.version}, ${values.minutes} minutes`);
while (performance.now() - startedAt < lastsMs) {
  const endsAt = performance.now() + roundMs;
  if (samples.length < 3) load.register();
  const worked = load.run(endsAt - Math.min(5_000, roundMs / 3));
  await pause(roundMs / 4);
  outage.isOn = true;
  await pause(Math.min(3_000, roundMs / 8));
  outage.isOn = false;
  await worked;
  await load.calm();
  // What has left may be used for a while, and what arrives too late is ended.
  await pause(graceMs + 2_500);
  const { changes, refused, calls, failed } = load.counts;
  const now = sample(changes, timers, load.signals);
  samples.push(now);
  console.log(
    [
      `${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s`,
      `${changes} changes (${refused} refused)`,
      `${calls} calls (${failed} failed)`,
      `${ledger.made} made, ${ledger.open.size} in use`,
      `heap ${(now.heapBytes / 1e6).toFixed(2)} MB`,
      `${now.handles} handles, ${now.timers} timers, ${now.listeners} listeners`,
    ].join(" | "),
  );
}
await Promise.all(plugbays.map((plugbay) => plugbay.close()));
const timersAfterClose = timers;
await pause(2_000);
rmSync(folder, { recursive: true });

const faults = [
  ...growths(samples),
  ...(ledger.twice > 0 ? [`${ledger.twice} disposals were of what was disposed of already`] : []),
  ...(ledger.open.size > 0 ? [`${ledger.open.size} instances were never disposed of`] : []),
  ...(ledger.used > 0 ? [`${ledger.used} calls got what was disposed of`] : []),
  ...(ending.count > 0 ? [`${ending.count} disposals have not come to an end`] : []),
  ...(timersAfterClose > 0 ? [`${timersAfterClose} timers were left after close`] : []),
  ...(leakWarnings > 0 ? [`Node warned ${leakWarnings} times of too many listeners`] : []),
];
const later = samples.slice(Math.floor(samples.length / 3));
console.log(
  `\n${ledger.made} instances, ${outage.refused} statements refused; ${bytesPerChange(later).toFixed(1)} bytes of heap a change`,
);
console.log(faults.length === 0 ? "Each was disposed of once, and nothing grew." : faults.join("\n"));
process.exitCode = faults.length === 0 ? 0 : 1;
