import type { SeenItem } from "../../instances/slot-circuits.ts";
import type { StoredCircuit } from "../../store/stored-circuit.ts";

export interface SeenBy {
  /** The process that reads it. */
  readonly me: string;
  /** The database's time, in epoch milliseconds. */
  readonly now: number;
  /** The time of this process, in epoch milliseconds. */
  readonly localNow: number;
}

/** What a row says, in times from now; undefined where it says nothing any more. */
export function seenItem(state: StoredCircuit, { me, now, localNow }: SeenBy): SeenItem | undefined {
  const { phase, isUnauthorized, exhaustedUntil, failures } = state;
  const exhaustedMs = exhaustedUntil !== null && exhaustedUntil > now ? exhaustedUntil - now : undefined;
  if (phase === null && !isUnauthorized && exhaustedMs === undefined) return undefined;
  return {
    phase: phase
      ? {
          kind: phase.kind,
          // Not for longer than any process can have meant, should the database's clock have been set back.
          leftMs: Math.min(phase.until - now, phase.coolingMs),
          coolingMs: phase.coolingMs,
          isOurs: phase.owner === me,
          claimableMs: Math.min(phase.claimableAt - now, Math.max(2 * phase.coolingMs, phase.leaseMs)),
        }
      : undefined,
    isUnauthorized,
    exhaustedMs,
    failures: failures
      ? {
          count: failures.count,
          error: failures.error === null ? undefined : new Error(failures.error),
          at: failures.at - now + localNow,
        }
      : undefined,
  };
}
