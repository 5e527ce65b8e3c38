import { cut, longestMessage } from "../thrown.ts";
import { PlainText, type Span } from "./plain-text.ts";
import { patternOf, type SecretPattern } from "./secret-pattern.ts";

const mask = "[secret]";

/** How many times longer than the longest spelling a secret can be where it is escaped and wrapped. */
const mostStretched = 6;

/**
 * A text in which secrets are masked: as they are and as JSON, URLs, forms, HTML, base64 and hexadecimal digits
 * write them, also in each other and in pieces split by line ends.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  const pattern = patternOf(secrets);
  if (text.length < pattern.shortest) return text;
  const spans = secretSpans(text, pattern);
  return spans.length === 0 ? text : masked(text, spans, text.length);
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
  const pattern = patternOf(secrets);
  const window = text.slice(0, end + mostStretched * pattern.longest);
  return masked(window, secretSpans(window, pattern), end).slice(0, end).toWellFormed() + ending;
}

/** The text up to `end`, with a mask in place of each span that begins before. */
function masked(text: string, spans: readonly Span[], end: number): string {
  let told = "";
  let at = 0;
  for (const span of spans) {
    if (span.start >= end) break;
    told += text.slice(at, span.start) + mask;
    at = span.end;
  }
  return told + text.slice(at, Math.max(at, end));
}

/** Where the secrets are, in order; what overlaps is one. */
function secretSpans(text: string, { spelling, plain, hex }: SecretPattern): Span[] {
  const spans = found(text, spelling);
  const view = PlainText.of(text);
  if (!view.isOriginal) spans.push(...found(view.text, plain).map((span) => view.original(span)));
  const digits = view.digits();
  if (digits) spans.push(...found(digits.text, hex).map((span) => digits.original(span)));
  return merged(spans);
}

function found(text: string, pattern: RegExp): Span[] {
  // Most texts have none, and this is the quicker way to tell.
  if (text.search(pattern) === -1) return [];
  return Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}

function merged(spans: Span[]): Span[] {
  if (spans.length < 2) return spans;
  const all: Span[] = [];
  for (const span of spans.sort((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last && span.start < last.end)
      all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else all.push(span);
  }
  return all;
}
