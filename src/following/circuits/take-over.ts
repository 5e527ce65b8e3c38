import type { StoredCircuit, StoredPhase } from "../../store/stored-circuit.ts";

/** Who asks for the right to try an item, and when, in epoch milliseconds by the database's time. */
export interface Claim {
  readonly me: string;
  readonly now: number;
  /** Whether a health check found that a call may try it before its time. */
  readonly isWell: boolean;
}

/** A process that takes a right over may be killed, and the others have to come by it again, in milliseconds. */
const longestLeaseMs = 600_000;

/**
 * What is known of an item once a process has the right to try it; undefined where it does not get it. It may keep it
 * unused for a cooling time, the next that takes it over for two, and so on up to 10 minutes.
 */
export function takeOver(before: StoredCircuit | undefined, claim: Claim): StoredCircuit | undefined {
  const phase = before?.phase;
  if (before === undefined || !phase || !mayTake(phase, claim)) return undefined;
  const { me, now } = claim;
  // Where calls are rare, the next one may come to another process, which would take it over in its turn.
  const leaseMs = Math.max(phase.coolingMs, Math.min(2 * phase.leaseMs, longestLeaseMs));
  const taken = { kind: "half-open", until: now, owner: me, claimableAt: now + leaseMs, leaseMs } as const;
  return { ...before, phase: { ...phase, ...taken } };
}

function mayTake({ kind, owner, claimableAt }: StoredPhase, { me, now, isWell }: Claim): boolean {
  if (owner === me) return false;
  return now >= claimableAt || (isWell && kind === "open");
}

/** What is known of an item once a process that ends has given its right back; undefined where it has none. */
export function handBack(
  before: StoredCircuit | undefined,
  { me, now }: Pick<Claim, "me" | "now">,
): StoredCircuit | undefined {
  const phase = before?.phase;
  if (before === undefined || phase?.owner !== me) return undefined;
  const claimableAt = Math.max(phase.kind === "open" ? phase.until : 0, now);
  const kind = phase.kind === "probing" ? "half-open" : phase.kind;
  return { ...before, phase: { ...phase, kind, owner: null, claimableAt } };
}
