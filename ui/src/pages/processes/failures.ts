import type { ProcessInfo } from "./process-card.tsx";

export type Trouble = ProcessInfo["troubles"][number];

/** What went wrong with a plugin, and the processes that say the same of it. */
export interface Failure {
  readonly trouble: Trouble;
  readonly processes: readonly ProcessInfo[];
}

export const failuresOf = ({ troubles }: ProcessInfo): readonly Trouble[] =>
  troubles.filter(({ state }) => state === "failed" || state === "misconfigured");

/** Each failure once, those of most processes first. */
export function groupedFailures(processes: readonly ProcessInfo[]): readonly Failure[] {
  const groups = new Map<string, { readonly trouble: Trouble; readonly processes: ProcessInfo[] }>();
  for (const process of processes) {
    for (const trouble of failuresOf(process)) {
      const key = JSON.stringify([trouble.id, trouble.message]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { trouble, processes: [process] });
      else group.processes.push(process);
    }
  }
  return [...groups.values()].sort((one, other) => other.processes.length - one.processes.length);
}
