/** What several processes have in common. */
export interface Common<Told, Process> {
  readonly told: Told;
  readonly processes: readonly [Process, ...Process[]];
}

/** Each thing that processes tell once, what most of them tell first. */
export function groupProcesses<Told, Process>(
  processes: readonly Process[],
  toldBy: (process: Process) => readonly Told[],
  keyOf: (told: Told) => string,
): readonly Common<Told, Process>[] {
  const groups = new Map<string, { readonly told: Told; readonly processes: [Process, ...Process[]] }>();
  for (const process of processes) {
    for (const told of toldBy(process)) {
      const group = groups.get(keyOf(told));
      if (group === undefined) groups.set(keyOf(told), { told, processes: [process] });
      else group.processes.push(process);
    }
  }
  return [...groups.values()].sort((one, other) => other.processes.length - one.processes.length);
}
