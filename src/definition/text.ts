import { InvalidNameError } from "./errors.ts";

/** Free text that every database can store: a well-formed string without U+0000, which PostgreSQL refuses. */
export function checkText(field: string, value: unknown): string {
  if (typeof value !== "string") throw new InvalidNameError(field, value, "is not a string");
  if (!value.isWellFormed()) throw new InvalidNameError(field, value, "has half of a surrogate pair");
  if (value.includes("\0")) throw new InvalidNameError(field, value, "has the character U+0000");
  return value;
}
