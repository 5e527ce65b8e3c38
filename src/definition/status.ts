import { InvalidStatusError } from "./errors.ts";

/** What the operator wants of an item, in the order in which items are listed. */
export const statuses = ["active", "reserve", "disable"] as const;

/** `active`, `reserve` (used only when no active item can serve) or `disable`. */
export type Status = (typeof statuses)[number];

export function checkStatus(subject: string, value: unknown): Status {
  if (!statuses.includes(value as Status)) throw new InvalidStatusError(subject, value);
  return value as Status;
}
