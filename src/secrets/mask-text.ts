import { cut, longestMessage } from "../thrown.ts";
import { patternOf } from "./secret-pattern.ts";

const mask = "[secret]";

/** A text in which secrets, as they are and as JSON, URLs, forms, base64 and hexadecimal digits write them, are masked. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  const { spelling, shortest } = patternOf(secrets);
  return text.length < shortest ? text : text.replace(spelling, mask);
}

/**
 * As `hideSecrets`, for a text of any length: of a longer one than `length` the beginning is told, and only that is
 * looked at. A secret that reaches across the end is masked whole.
 */
export function hideAndCut(text: string, secrets: readonly string[], length = longestMessage): string {
  if (text.length <= length) return cut(hideSecrets(text, secrets), length);
  if (secrets.length === 0) return cut(text, length);
  const ending = `... (${text.length} characters)`;
  const end = Math.max(0, length - ending.length);
  const { spelling, longest } = patternOf(secrets);
  const window = text.slice(0, end + longest);
  let told = "";
  let at = 0;
  for (const { 0: found, index } of window.matchAll(spelling)) {
    if (index >= end) break;
    told += window.slice(at, index) + mask;
    at = index + found.length;
  }
  told += window.slice(at, Math.max(at, end));
  return told.slice(0, end).toWellFormed() + ending;
}
