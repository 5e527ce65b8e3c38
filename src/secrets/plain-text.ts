/** A part of a text: from `start` up to, but without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One step from a text to a plainer one: of each part that was replaced, where it started and ended, and where what
 * it became starts and ends. A flat list, since a text may have many.
 */
type Step = readonly number[];

/** How often a text is decoded: JSON in a URL in HTML takes three times. */
const mostSteps = 6;

/** Percent-encoded bytes are decoded one character at a time, so that a line end may stand between two of them. */
const escapes =
  /\\(?:u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|x[0-9a-f]{2}|[\\/"'`nrtbfv])|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|amp|quot|apos|lt|gt);|%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi;
const escapeStart = /[\\&%]/;
/** With the indentation of the next line. */
const lineEnds = /[\r\n][\r\n\t ]*/g;
const betweenDigits = /(?:[:,\s-]|0x)+/gi;
const digits = /[0-9a-f]{2}(?:[:,\s-]{0,2}(?:0x)?[0-9a-f]{2}){5}/i;

/**
 * A text without escapes (of JSON, JavaScript, URLs and HTML, also in each other) and without line ends, which knows
 * where in the original each part of it stood. What was encoded or wrapped in different ways has the same plain text.
 */
export class PlainText {
  readonly text: string;
  readonly #steps: readonly Step[];

  private constructor(text: string, steps: readonly Step[]) {
    this.text = text;
    this.#steps = steps;
  }

  static of(original: string): PlainText {
    const steps: Step[] = [];
    let text = original;
    for (let step = 0; step < mostSteps; step += 1) {
      // Before escapes, for a blank that was escaped is no indentation.
      const line = replaced(text, lineEnds, nothing, steps);
      const plain = escapeStart.test(line) ? replaced(line, escapes, meaningOf, steps) : line;
      if (plain === text) break;
      text = plain;
      if (plain === line) break;
    }
    return new PlainText(text, steps);
  }

  /** Whether the original has neither escapes nor line ends. */
  get isOriginal(): boolean {
    return this.#steps.length === 0;
  }

  /** The same without what separates hexadecimal digits in dumps; undefined where there are hardly any digits. */
  digits(): PlainText | undefined {
    if (!digits.test(this.text)) return undefined;
    const steps = [...this.#steps];
    return new PlainText(replaced(this.text, betweenDigits, nothing, steps), steps);
  }

  /** Where in the original this part of the plain text stood. */
  original(span: Span): Span {
    return this.#steps.reduceRight(before, span);
  }
}

function replaced(
  text: string,
  pattern: RegExp,
  replacementOf: (found: string) => string,
  steps: Step[],
): string {
  const step: number[] = [];
  let shift = 0;
  const plain = text.replace(pattern, (found: string, index: number) => {
    const replacement = replacementOf(found);
    if (replacement === found) return found;
    const start = index + shift;
    step.push(index, index + found.length, start, start + replacement.length);
    shift += replacement.length - found.length;
    return replacement;
  });
  if (step.length > 0) steps.push(step);
  return plain;
}

function before({ start, end }: Span, step: Step): Span {
  const first = lastUpTo(step, start);
  const last = lastUpTo(step, end - 1);
  const isInside = start < first.newEnd;
  return {
    start: isInside ? first.oldStart : first.oldEnd + start - first.newEnd,
    end: last.oldEnd + Math.max(0, end - last.newEnd),
  };
}

/** The last replacement that begins at the position or before it. */
function lastUpTo(step: Step, position: number): { oldStart: number; oldEnd: number; newEnd: number } {
  let low = 0;
  let high = step.length / 4;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isUpTo = (step[4 * middle + 2] ?? 0) <= position;
    if (isUpTo) low = middle + 1;
    else high = middle;
  }
  const [oldStart = 0, oldEnd = 0, , newEnd = 0] = low === 0 ? [] : step.slice(4 * (low - 1), 4 * low);
  return { oldStart, oldEnd, newEnd };
}

const nothing = (): string => "";

const named: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&quot;": '"',
  "&apos;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
  "\\b": "\b",
  "\\f": "\f",
  "\\v": "\v",
};

/** The character that an escape stands for; an escape that stands for none is kept. */
function meaningOf(code: string): string {
  const name = named[code];
  if (name !== undefined) return name;
  if (code.startsWith("%")) return decodedOr(code);
  if (code.startsWith("&#")) {
    const isHex = code[2] === "x" || code[2] === "X";
    return characterOr(code, isHex ? Number.parseInt(code.slice(3), 16) : Number.parseInt(code.slice(2), 10));
  }
  if (code.startsWith("&")) return named[code.toLowerCase()] ?? code;
  if (code.length > 2) return characterOr(code, Number.parseInt(code.replace(/^\\[ux]\{?/i, ""), 16));
  return /[a-z]/i.test(code) ? code : code.slice(1);
}

const characterOr = (code: string, point: number): string =>
  point <= 0x10ffff ? String.fromCodePoint(point) : code;

function decodedOr(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
