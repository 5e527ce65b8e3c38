import { randomUUID } from "node:crypto";
import { harmless } from "../harmless-text.ts";
import { eastAsianWidth } from "../vendor/east-asian-width.ts";

/** Stands for the escape character of a colour until the text is printed: no text of others can have it. */
const mark = `\u{10FFFD}${randomUUID()}`;
const markedColor = new RegExp(`${mark}\\[[\\d;]*m`, "g");

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
