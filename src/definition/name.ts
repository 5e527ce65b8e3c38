import { InvalidNameError } from "./errors.ts";

const maxCodePoints = 100;

/**
 * Names are 1 to 100 code points, trimmed, well-formed, without control characters: what SQLite,
 * PostgreSQL and MySQL all store and compare alike.
 */
export function checkName(field: string, value: unknown): string {
  if (typeof value !== "string") throw new InvalidNameError(field, value, "is not a string");
  if (value === "") throw new InvalidNameError(field, value, "is empty");
  if (value !== value.trim()) throw new InvalidNameError(field, value, "has white space at its ends");
  return checkCharacters(field, value);
}

/** What most names are made of, so that many are looked at quickly. */
const plain = /^[!-~]([ -~]{0,98}[!-~])?$/;

/** Whether a text is a name by the rules of `checkName`. */
export function isName(text: string): boolean {
  if (plain.test(text)) return true;
  try {
    checkName("name", text);
    return true;
  } catch {
    return false;
  }
}

/** Labels follow the rules of names, but may be empty. */
export function checkLabel(field: string, value: unknown): string {
  return value === "" ? "" : checkName(field, value);
}

function checkCharacters(field: string, value: string): string {
  if (!value.isWellFormed()) throw new InvalidNameError(field, value, "has half of a surrogate pair");
  if (/\p{Cc}/u.test(value)) throw new InvalidNameError(field, value, "has a control character");
  const length = [...value].length;
  if (length > maxCodePoints) {
    throw new InvalidNameError(field, value, `is ${length} code points long; ${maxCodePoints} at most`);
  }
  return value;
}
