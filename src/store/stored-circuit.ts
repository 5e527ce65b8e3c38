import type { RowReader } from "./row-reader.ts";
import { isRecord, storedJson } from "./stored-json.ts";

/** That calls of an item failed. Times are epoch milliseconds by the database's time. */
export interface StoredPhase {
  /** `open`: no calls. `half-open`: its owner's next call tries it. `probing`: that call is under way. */
  readonly kind: "open" | "half-open" | "probing";
  /** When its owner lets a call try it. */
  readonly until: number;
  /** How long it was left alone for the last time, in milliseconds. */
  readonly coolingMs: number;
  /** The process whose call may try it; null where that has ended. */
  readonly owner: string | null;
  /** When another process may take that right, should the owner make nothing of it. */
  readonly claimableAt: number;
  /** How long the owner may keep a right that it took from another, in milliseconds; 0 where it has its own. */
  readonly leaseMs: number;
}

/** What the processes found about an item. */
export interface StoredCircuit {
  /** Tells the configs of the item apart: what was found under one says nothing of the next. */
  readonly config: string;
  readonly phase: StoredPhase | null;
  readonly isUnauthorized: boolean;
  /** Until when its provider wants to be left alone; null where it does not. */
  readonly exhaustedUntil: number | null;
  /** The failures in a row, and the last error, without secrets; null where that is not known. */
  readonly failures: { readonly count: number; readonly error: string | null; readonly at: number } | null;
}

/** A row of `plugbay_circuit`. */
export interface CircuitRow {
  readonly itemId: string;
  /** Other with every write. */
  readonly mark: number;
  /** undefined where nobody can read it. */
  readonly state: StoredCircuit | undefined;
}

/** The column `state`. */
export function readState(value: unknown, reader: RowReader): StoredCircuit | undefined {
  const json = storedJson(reader.text("state", value));
  const state = "value" in json ? toState(json.value) : undefined;
  if (state === undefined) {
    reader.note("state", "problem" in json ? json.problem : "is JSON of another form", {
      effect: "each process goes by what it finds itself about the item",
      fix: "delete the row",
    });
  }
  return state;
}

function toState(value: unknown): StoredCircuit | undefined {
  if (!isRecord(value) || typeof value.config !== "string") return undefined;
  const { config, phase, isUnauthorized, exhaustedUntil, failures } = value;
  const isKnown =
    (phase === null || isPhase(phase)) &&
    typeof isUnauthorized === "boolean" &&
    (exhaustedUntil === null || isTime(exhaustedUntil)) &&
    (failures === null || isFailures(failures));
  return isKnown ? ({ config, phase, isUnauthorized, exhaustedUntil, failures } as StoredCircuit) : undefined;
}

const kinds: readonly unknown[] = ["open", "half-open", "probing"] satisfies StoredPhase["kind"][];

const isTime = (value: unknown): boolean => Number.isFinite(value);

const isPhase = (value: unknown): boolean =>
  isRecord(value) &&
  kinds.includes(value.kind) &&
  [value.until, value.coolingMs, value.claimableAt, value.leaseMs].every(isTime) &&
  (value.owner === null || typeof value.owner === "string");

const isFailures = (value: unknown): boolean =>
  isRecord(value) &&
  isTime(value.count) &&
  isTime(value.at) &&
  (value.error === null || typeof value.error === "string");
