import { InvalidPriorityError } from "./errors.ts";

/** Priorities fit a signed 16-bit column, the smallest integer that all supported databases have. */
export const minPriority = -32768;
export const maxPriority = 32767;

export function checkPriority(subject: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < minPriority || (value as number) > maxPriority) {
    throw new InvalidPriorityError(subject, value);
  }
  return value as number;
}
