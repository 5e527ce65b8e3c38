/** A number in a JSON text. */
export interface WrittenNumber {
  /** Keys and indexes from the top. */
  readonly path: readonly (string | number)[];
  readonly written: string;
  /** Where it begins in the text. */
  readonly start: number;
}

/** What is to be said of a number that is refused because it would not be kept as it is written. */
export const tooManyDigits = "is a number with too many digits to be stored exactly; a string keeps them all";

const mostFound = 20;

/** Shorter ones without an exponent are always kept. */
const alwaysKept = 15;

const numeral = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** Whether a text is a number as JSON writes numbers. */
export const isNumeral = (text: string): boolean =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);

/**
 * Whether a decimal numeral would be read as a number that is written as another value, such as
 * 12345678901234567891, 0.1234567890123456789 or 1e400. This is the one rule for every number that is written
 * somewhere: what `JSON.stringify` writes passes it, so whatever plugbay shows can be sent back.
 */
export function losesDigits(written: string): boolean {
  if (written.length <= alwaysKept && !/[eE]/.test(written)) return false;
  return canonical(written) !== canonical(String(Number(written)));
}

/** One spelling for all numerals of the same value, whatever their signs; undefined for what is none, such as Infinity. */
function canonical(written: string): string | undefined {
  const parts = numeral.exec(written);
  if (parts === null) return undefined;
  const [, integer = "", fraction = "", exponent = "0"] = parts;
  const digits = (integer + fraction).replace(/^0+/, "");
  // Zero, whatever its exponent is.
  if (digits === "") return digits;
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  // The point is before the first digit: 12.50 and 125e-1 are 125e2.
  const power = Number(exponent) - fraction.length + digits.length;
  return `${digits.slice(0, end)}e${power}`;
}

const tokens = /-?\d[\d.eE+-]*|["[\]{},]/g;

/**
 * The numbers of a text that `JSON.parse` takes which must not be read, because they would be stored as
 * something else: the first 20 of them.
 *
 * @param isRefused which those are; default: those that would lose digits
 */
export function inexactNumbers(json: string, isRefused = losesDigits): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  const place: (string | number)[] = [];
  const atKey: boolean[] = [];
  const next = new RegExp(tokens);
  for (let match = next.exec(json); match !== null && found.length < mostFound; match = next.exec(json)) {
    const { 0: token, index: start } = match;
    const depth = place.length - 1;
    if (token === '"') {
      // Not by the expression: it would run out of stack in a text of megabytes.
      next.lastIndex = endOfText(json, start);
      if (!atKey[depth]) continue;
      place[depth] = JSON.parse(json.slice(start, next.lastIndex)) as string;
      atKey[depth] = false;
    } else if (token === "{" || token === "[") {
      // Of an object, its keys take this place, one after the other.
      place.push(0);
      atKey.push(token === "{");
    } else if (token === "}" || token === "]") {
      place.pop();
      atKey.pop();
    } else if (token === ",") {
      const last = place[depth];
      if (typeof last === "number") place[depth] = last + 1;
      else atKey[depth] = true;
    } else if (isRefused(token)) found.push({ path: [...place], written: token, start });
  }
  return found;
}

/** Where a text in quotation marks ends, the closing one included. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json[at - backslashes - 1] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}
