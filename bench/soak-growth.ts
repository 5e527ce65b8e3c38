import { getEventListeners } from "node:events";

/** What there was at one time, while nothing was under way. */
export interface Sample {
  readonly changes: number;
  readonly heapBytes: number;
  /** What keeps the process alive. */
  readonly handles: number;
  /** Those of plugbay. */
  readonly timers: number;
  readonly listeners: number;
}

export function sample(changes: number, timers: number, signals: readonly AbortSignal[]): Sample {
  for (let round = 0; round < 3; round += 1) gc?.();
  return {
    changes,
    heapBytes: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().length,
    timers,
    listeners: signals.flatMap((signal) => getEventListeners(signal, "abort")).length,
  };
}

/** Above both of these the heap grows steadily: collected or not, it wavers by some hundred kB. */
const mostBytesPerChange = 30;
const mostBytes = 1_000_000;
/** Polls, health checks and heartbeats start their timers anew, each at its own time. */
const wavers = 2;

/** The bytes that each change left, by the line of least squares through these samples. */
export function bytesPerChange(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [
    mean(samples.map(({ changes }) => changes)),
    mean(samples.map(({ heapBytes }) => heapBytes)),
  ];
  const spread = samples.reduce((sum, { changes }) => sum + (changes - x) ** 2, 0);
  return samples.reduce((sum, one) => sum + (one.changes - x) * (one.heapBytes - y), 0) / spread;
}

/** What grew that should not. The first third is for warming up. */
export function growths(samples: readonly Sample[]): string[] {
  const later = samples.slice(Math.floor(samples.length / 3));
  const [first, last] = [later[0], later.at(-1)];
  if (first === undefined || last === undefined || first === last) return ["there are too few samples"];
  const slope = bytesPerChange(later);
  const isLarger = slope > mostBytesPerChange && slope * (last.changes - first.changes) > mostBytes;
  const half = Math.floor(later.length / 2);
  const range = (name: "handles" | "timers") => ({
    name,
    most: Math.max(...later.slice(0, half).map((one) => one[name])),
    least: Math.min(...later.slice(half).map((one) => one[name])),
  });
  const more = [range("handles"), range("timers")].filter(({ most, least }) => least > most + wavers);
  return [
    ...(isLarger ? [`the heap grows by ${slope.toFixed(0)} bytes a change`] : []),
    ...more.map(({ name, most, least }) => `${name} grew from ${most} at most to ${least} at least`),
    ...(last.listeners > 0 ? [`${last.listeners} listeners are left on signals`] : []),
  ];
}
