import type { Finding, FoundPhase } from "../../instances/circuit-state.ts";
import type { StoredCircuit, StoredPhase } from "../../store/stored-circuit.ts";

/** Whose finding it is, and when, in epoch milliseconds by the database's time. */
export interface FindingContext {
  /** The process that found it. */
  readonly me: string;
  readonly now: number;
  /** Tells the configs of the item apart. */
  readonly config: string;
  readonly failures: StoredCircuit["failures"];
  /** Whether nobody has written since this process knew all that was known. */
  readonly isUpToDate: boolean;
  /** Whether it cannot tell of the credentials that were refused to others, for it has its own. */
  readonly hasOwnCredentials: boolean;
}

/**
 * How long the process that may try an item is left to make something of that, in milliseconds: in use it has a call
 * long before.
 */
export const graceMs = (coolingMs: number): number => Math.min(1_000, coolingMs / 4);

/** What is known of an item once a process has told what it found; undefined: nothing. */
export function mergeFinding(
  before: StoredCircuit | undefined,
  finding: Finding,
  context: FindingContext,
): StoredCircuit | undefined {
  const { now, config, failures, isUpToDate, hasOwnCredentials } = context;
  const known = before?.config === config ? before : undefined;
  const phase = mergePhase(known?.phase ?? null, finding.circuit, context);
  const others = isUpToDate ? undefined : known;
  const refused = hasOwnCredentials ? known : others;
  const isUnauthorized = finding.isUnauthorized || (refused?.isUnauthorized ?? false);
  const found = finding.exhaustedMs === undefined ? 0 : now + finding.exhaustedMs;
  const exhausted = Math.max(found, others?.exhaustedUntil ?? 0);
  const exhaustedUntil = exhausted > now ? exhausted : null;
  if (phase === null && !isUnauthorized && exhaustedUntil === null) return undefined;
  return { config, phase, isUnauthorized, exhaustedUntil, failures: failures ?? known?.failures ?? null };
}

function mergePhase(
  theirs: StoredPhase | null,
  found: FoundPhase,
  { me, now, isUpToDate }: FindingContext,
): StoredPhase | null {
  if (found.kind === "elsewhere") return theirs;
  const mine = found.kind === "closed" ? null : toPhase(found, me, now);
  if (isUpToDate) return mine;
  // A success says nothing of an opening that came meanwhile.
  if (mine === null || mine.kind === "half-open") return theirs;
  if (mine.kind === "probing") return mayGoOn(theirs, now) ? mine : theirs;
  if (theirs === null) return mine;
  // Of two openings the later end holds. Who was first may try it.
  const until = theirs.kind === "open" ? Math.max(mine.until, theirs.until) : mine.until;
  const coolingMs = Math.max(mine.coolingMs, theirs.coolingMs);
  return { ...mine, until, coolingMs, owner: theirs.owner ?? me, claimableAt: until + graceMs(coolingMs) };
}

/** Whether a probe that began meanwhile is the only one: who took over the right to it has not used that yet. */
const mayGoOn = (theirs: StoredPhase | null, now: number): boolean =>
  theirs !== null && (theirs.kind === "half-open" || (theirs.kind === "open" && theirs.until <= now));

function toPhase(
  { kind, leftMs, coolingMs }: Extract<FoundPhase, { readonly leftMs: number }>,
  owner: string,
  now: number,
): StoredPhase {
  const until = now + leftMs;
  const claimableAt = kind === "probing" ? until : until + graceMs(coolingMs);
  return { kind, until, coolingMs, owner, claimableAt, leaseMs: 0 };
}
