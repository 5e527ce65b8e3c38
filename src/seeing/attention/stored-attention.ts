import { gravities } from "./attention-entry.ts";
import type { Remembered } from "./remember.ts";

/** What another process has noted; undefined where that is of another form. */
export function readRemembered(state: unknown): Remembered | undefined {
  const noted = state as Remembered | null | undefined;
  const entry = noted?.entry;
  const isKnown =
    typeof entry === "object" &&
    entry !== null &&
    [entry.key, entry.code, entry.message, entry.fix, entry.since].every(
      (text) => typeof text === "string",
    ) &&
    gravities.includes(entry.gravity) &&
    Number.isInteger(entry.times) &&
    (noted?.endedAt === null || Number.isFinite(noted?.endedAt));
  return isKnown ? (noted as Remembered) : undefined;
}
