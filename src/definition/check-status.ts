import { InvalidStatusError } from "./errors.ts";
import { type Status, statuses } from "./status.ts";

export function checkStatus(subject: string, value: unknown): Status {
  if (!statuses.includes(value as Status)) throw new InvalidStatusError(subject, value);
  return value as Status;
}
