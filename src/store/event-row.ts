import type { ServedHow, TroubleState } from "./process-row.ts";

/** How long events are kept, in milliseconds. */
export const eventsKeptMs = 14 * 86_400_000;

/** What an item may be in trouble with that no operator has decided. */
export const eventTroubles = [
  "failed",
  "misconfigured",
  "circuit",
  "unauthorized",
  "exhausted",
  "missing",
] as const satisfies readonly Exclude<TroubleState, "held">[];

/** One of these. */
export type EventTrouble = (typeof eventTroubles)[number];

export const eventKinds = ["switched", "recovered", ...eventTroubles] as const;

/**
 * What happened in a process:
 * - `switched`: another item serves the type, or none.
 * - `failed`, `misconfigured`, `circuit`, `unauthorized`, `exhausted`, `missing`: an item in use has that trouble from then on.
 * - `recovered`: it has none any more.
 */
export type EventKind = (typeof eventKinds)[number];

/** Something that happened. */
export interface EventContent {
  /** The type's id. */
  readonly typeId: string;
  /** What happened. */
  readonly kind: EventKind;
  /** The item that it happened to, or that serves from then on; null where none does. */
  readonly itemId: string | null;
  /** With `switched`, the item that served before; null where none did. */
  readonly from: string | null;
  /** With `switched`, how the item came to serve; else null. */
  readonly how: ServedHow | null;
  /** With `recovered`, what it was in trouble with; else null. */
  readonly was: EventTrouble | null;
  /** With a trouble, the last error without secrets; null where none is known. */
  readonly message: string | null;
}

/** Something to be noted. */
export interface EventNote extends EventContent {
  /** How long ago it happened, in milliseconds. */
  readonly agoMs: number;
}

/** Something that a process has noted. */
export interface EventRow extends EventContent {
  readonly id: string;
  /** The process's id, new with every start. */
  readonly processId: string;
  /** Epoch milliseconds by the database's time. */
  readonly at: number;
}
