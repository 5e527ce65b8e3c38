import type { ProcessList } from "../../../../src/admin/api.ts";

/** Three times the pause between two signs of life. */
const silenceMs = 45_000;

/**
 * The ids of processes that have not been heard from lately. Compared with each other, not with the
 * browser's clock, which may be minutes off.
 */
export function silentProcesses(processes: ProcessList["processes"]): ReadonlySet<string> {
  const latest = Math.max(...processes.map(({ seenAt }) => Date.parse(seenAt)));
  return new Set(
    processes.filter(({ seenAt }) => latest - Date.parse(seenAt) > silenceMs).map(({ id }) => id),
  );
}
