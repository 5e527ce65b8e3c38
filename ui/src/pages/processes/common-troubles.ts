import { type Common, groupProcesses } from "../../components/group-processes.ts";
import type { ProcessInfo } from "./process-card.tsx";

type Trouble = ProcessInfo["troubles"][number];
type Miss = ProcessInfo["misses"][number];

export const failuresOf = ({ troubles }: ProcessInfo): readonly Trouble[] =>
  troubles.filter(({ state }) => state === "failed" || state === "misconfigured");

/** Each failure once, those of most processes first. */
export const groupedFailures = (processes: readonly ProcessInfo[]): readonly Common<Trouble, ProcessInfo>[] =>
  groupProcesses(processes, failuresOf, ({ id, message }) => JSON.stringify([id, message]));

/** Each plugin that is missing once, those that most processes miss first. */
export const groupedMisses = (processes: readonly ProcessInfo[]): readonly Common<Miss, ProcessInfo>[] =>
  groupProcesses(
    processes,
    ({ misses }) => misses,
    ({ id }) => id,
  );
