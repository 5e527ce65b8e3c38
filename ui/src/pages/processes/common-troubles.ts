import type { ProcessInfo } from "./process-card.tsx";

export type Trouble = ProcessInfo["troubles"][number];

/** What several processes have in common: something wrong with a plugin. */
export interface Common<Told> {
  readonly told: Told;
  readonly processes: readonly ProcessInfo[];
}

export const failuresOf = ({ troubles }: ProcessInfo): readonly Trouble[] =>
  troubles.filter(({ state }) => state === "failed" || state === "misconfigured");

/** Each failure once, those of most processes first. */
export const groupedFailures = (processes: readonly ProcessInfo[]): readonly Common<Trouble>[] =>
  grouped(processes, failuresOf, ({ id, message }) => JSON.stringify([id, message]));

/** Each plugin that is missing once, those that most processes miss first. */
export const groupedMisses = (
  processes: readonly ProcessInfo[],
): readonly Common<ProcessInfo["misses"][number]>[] =>
  grouped(
    processes,
    ({ misses }) => misses,
    ({ id }) => id,
  );

function grouped<Told>(
  processes: readonly ProcessInfo[],
  toldBy: (process: ProcessInfo) => readonly Told[],
  keyOf: (told: Told) => string,
): readonly Common<Told>[] {
  const groups = new Map<string, { readonly told: Told; readonly processes: ProcessInfo[] }>();
  for (const process of processes) {
    for (const told of toldBy(process)) {
      const group = groups.get(keyOf(told));
      if (group === undefined) groups.set(keyOf(told), { told, processes: [process] });
      else group.processes.push(process);
    }
  }
  return [...groups.values()].sort((one, other) => other.processes.length - one.processes.length);
}
