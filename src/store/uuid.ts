import { randomUUID } from "node:crypto";
import { systemClock } from "../time/clock.ts";

let lastMs = 0;
let sequence = 0;

/**
 * A new UUID of version 7 (RFC 9562): the time, a counter within the millisecond, and chance. Ids made
 * one after the other sort so, which lets databases append to their indexes instead of scattering.
 */
export function newUuid(): string {
  lastMs = Math.max(systemClock.now(), lastMs);
  sequence = (sequence + 1) & 0xfff;
  if (sequence === 0) lastMs += 1;
  const time = lastMs.toString(16).padStart(12, "0");
  const counter = sequence.toString(16).padStart(3, "0");
  // The variant and the random bits are where version 4 has them.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}${randomUUID().slice(18)}`;
}

/** Whether a value can be an id at all; what cannot is not worth asking a database for. */
export const isUuid = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
