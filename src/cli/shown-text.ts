import { randomUUID } from "node:crypto";
import { eastAsianWidth } from "../vendor/east-asian-width.ts";

/** Stands for the escape character of a colour until the text is printed: no text of others can have it. */
const mark = `\u{10FFFD}${randomUUID()}`;
const markedColor = new RegExp(`${mark}\\[[\\d;]*m`, "g");

/**
 * What a terminal would obey instead of showing it, but for the end of a line and a tab: control characters, and those
 * that turn the direction of the text around them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** With what a terminal would obey in the form that JSON has for it. */
export const harmless = (text: string): string =>
  text.replaceAll(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A text in a colour, as a function of picocolors has it, to be printed by way of `shown`. */
export const painted = (paint: (text: string) => string, text: string): string =>
  paint(harmless(text)).replaceAll("\x1b", mark);

/** A text as it is sent to a terminal: it has its own colours, and no commands of actors, names or errors. */
export const shown = (text: string): string => harmless(text).replaceAll(mark, "\x1b");

/** A text in one line. */
export const inOneLine = (text: string): string => text.replaceAll("\n", "\\n").replaceAll("\t", "\\t");

const graphemes = new Intl.Segmenter();

/** How many columns a terminal takes for a text in one line. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text.replaceAll(markedColor, ""))) {
    // Flags, and what is shown as an emoji though it is a sign of its own.
    if (/^\p{RI}|\u{FE0F}/u.test(segment)) columns += 2;
    else if (!/^[\p{M}\p{Cf}]/u.test(segment)) columns += eastAsianWidth(segment.codePointAt(0) ?? 0);
  }
  return columns;
}
