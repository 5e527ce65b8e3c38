import { InvalidArgumentError } from "commander";
import { isNumeral, losesDigits } from "../definition/exact-number.ts";
import { type Status, statuses } from "../definition/status.ts";
import { systemClock } from "../time/clock.ts";
import { statusWords } from "./wording.ts";

/** A number as written on the command line; whether it is a fitting one is not for the command line to say. */
export function parseNumber(text: string): number {
  if (!isNumeral(text)) throw new InvalidArgumentError("It is not a number.");
  if (losesDigits(text)) throw new InvalidArgumentError("It has too many digits to be read exactly.");
  return Number(text);
}

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of a duration such as `30d`, `12h` or `0s`. */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new InvalidArgumentError("It is a number with s, m, h, d or w behind it, such as 30d.");
  }
  const ms = Number(amount) * unitsMs[unit as keyof typeof unitsMs];
  if (ms > longestMs) throw new InvalidArgumentError("It is a hundred years (36500d) at most.");
  return ms;
}

const longestMs = 36_500 * unitsMs.d;

/** The id of an entry of the history, such as `412-0`: its revision and position. */
export function parseEntryId(text: string): { readonly revision: number; readonly position: number } {
  const [, revision, position] = /^(\d{1,15})-(\d{1,9})$/.exec(text) ?? [];
  if (revision === undefined || position === undefined) {
    throw new InvalidArgumentError("It is an entry's id as plugbay history has it, such as 412-0.");
  }
  return { revision: Number(revision), position: Number(position) };
}

/** A time as `parseTime` takes it, or an age such as `7d`: so long before now. */
export const parseSince = (text: string): Date =>
  /^\d+[a-z]$/.test(text) ? new Date(systemClock.now() - parseDuration(text)) : parseTime(text);

export const statusOperand = "active, reserved or disabled";

/** A status as it is printed or as it is stored, in any case. */
export function parseStatus(text: string): Status {
  const wanted = text.toLowerCase();
  const status = statuses.find((one) => one === wanted || statusWords[one].toLowerCase() === wanted);
  if (status === undefined) throw new InvalidArgumentError(`It is not ${statusOperand}.`);
  return status;
}

/** A time such as `2026-12-01T08:00:00Z`; one without a zone is of this machine's. */
export function parseTime(text: string): Date {
  const time = new Date(text);
  if (!isDay(text) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError("It is not a time such as 2026-12-01T08:00:00Z.");
  }
  return time;
}

/** Whether it begins with a day that there is: `Date` takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${day}`);
}
