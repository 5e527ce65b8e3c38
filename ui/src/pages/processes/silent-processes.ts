import type { ProcessList } from "../../../../src/admin/contract/contract.ts";

/** Three times the pause between two signs of life. */
const silenceMs = 45_000;

/** The ids of processes that have not been heard from lately. */
export const silentProcesses = (processes: ProcessList["processes"]): ReadonlySet<string> =>
  new Set(processes.filter(({ seenAgoMs }) => seenAgoMs > silenceMs).map(({ id }) => id));
