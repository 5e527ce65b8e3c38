import type { ProcessRow } from "../../store/process-row.ts";

/** What a process says of a type. */
export interface ServedType {
  readonly typeId: string;
  /** The item that serves it there; null where none does. */
  readonly itemId: string | null;
  readonly how: "first-choice" | "lower-choice" | "reserve" | "last-resort" | "none";
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** What a process says of an item that it does not serve. */
export interface ItemTrouble {
  readonly itemId: string;
  readonly state: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly message: string | null;
  /** ISO 8601, UTC. */
  readonly until: string | null;
}

/** A process, with how it serves. */
export interface SeenProcess extends ProcessRow {
  readonly serves: readonly ServedType[];
  readonly troubles: readonly ItemTrouble[];
  readonly observes: boolean;
}
