import { describeType, itemLabel } from "../definition/describe.ts";
import type { HeldBack, HoldingProcess } from "./sync-plan.ts";

/** What a prune left in use, as a line. */
export const formatHeldBack = (held: HeldBack): string =>
  `= keep ${subjectOf(held)}   held back: ${namesOf(held.processes)}`;

function subjectOf(held: HeldBack): string {
  if (held.entity === "type") return describeType(held.row);
  return `item ${itemLabel(held.row)} of ${held.type.name} (${held.type.manager})`;
}

/** Which processes have it, in words. */
export const namesOf = (processes: readonly HoldingProcess[]): string =>
  `${processes.map(processName).join(", ")} ${processes.length === 1 ? "has" : "have"} it`;

/** A process by its host, its number there and the version of the application. */
export const processName = ({ host, pid, version }: Omit<HoldingProcess, "id">): string =>
  `${host}:${pid}${version === "" ? "" : ` (${version})`}`;
