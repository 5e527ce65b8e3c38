import { inspect } from "node:util";
import { PlainText } from "./plain-text.ts";

/** What finds secrets in a text. All are global, and match at each place the longest. */
export interface SecretPattern {
  /** The spellings of the secrets in a text as it is. */
  readonly spelling: RegExp;
  /** Those in a plain text: see `PlainText`. */
  readonly plain: RegExp;
  /** Those in a text whose hexadecimal digits are not separated. */
  readonly hex: RegExp;
  /** How long the longest and the shortest spelling are. */
  readonly longest: number;
  readonly shortest: number;
}

/** An item's secrets are one list for as long as its instance lives. */
const patterns = new WeakMap<readonly string[], { readonly size: number; readonly pattern: SecretPattern }>();

const nothing = /(?!)/g;
const none: SecretPattern = { spelling: nothing, plain: nothing, hex: nothing, longest: 0, shortest: 0 };

/** What finds these secrets as they are, and as JSON, URLs, forms, HTML, base64 and hexadecimal digits write them. */
export function patternOf(secrets: readonly string[]): SecretPattern {
  const known = patterns.get(secrets);
  if (known?.size === secrets.length) return known.pattern;
  const pattern = makePattern(secrets);
  patterns.set(secrets, { size: secrets.length, pattern });
  return pattern;
}

function makePattern(secrets: readonly string[]): SecretPattern {
  const plain = new Set(secrets.flatMap(plainSpellingsOf));
  const hex = new Set(secrets.flatMap(hexOf));
  const spellings = longestFirst(new Set([...secrets.flatMap(usualSpellings), ...plain, ...hex]));
  const [longest] = spellings;
  const shortest = spellings.at(-1);
  if (longest === undefined || shortest === undefined) return none;
  return {
    spelling: anyOf(spellings),
    plain: anyOf(longestFirst(plain), "g", wrappable),
    hex: anyOf(
      [...hex].filter((digits) => digits.length >= leastSeparated),
      "gi",
    ),
    longest: longest.length,
    shortest: shortest.length,
  };
}

const longestFirst = (spellings: ReadonlySet<string>): string[] =>
  [...spellings].sort((one, other) => other.length - one.length);

const anyOf = (spellings: readonly string[], flags = "g", source = escaped): RegExp =>
  spellings.length === 0 ? nothing : new RegExp(spellings.map(source).join("|"), flags);

/** Where a line ends beside a blank, the blank passes for indentation. */
const wrappable = (text: string): string =>
  isLong(text.replace(/[\t ]/g, "")) ? escaped(text).replace(/[\t ]+/g, "[\\t ]*") : escaped(text);

/** What is empty is no secret, and would be found everywhere. */
function usualSpellings(secret: string): string[] {
  if (secret === "") return [];
  const json = jsonOf(secret);
  const base64 = Buffer.from(secret).toString("base64");
  const url = encodeURIComponent(secret.toWellFormed());
  const usual = [secret, json, inspect(secret).slice(1, -1), url, base64, base64.replace(/=+$/, "")];
  const digits = hexOf(secret);
  const other = [url.replace(/%../g, (code) => code.toLowerCase()), jsonOf(json), ...digits];
  return [...usual, ...[...other, ...digits.map(upper)].filter(isLong)];
}

/** The spellings of fewer characters are found in any text, such as the hexadecimal one of `a`. */
const leastSpelling = 6;
/** Fewer digits are found where they are not separated only: dates and times have some. */
const leastSeparated = 12;
/** A shorter line of a secret is masked with the lines beside it, not alone. */
const leastLine = 16;

const isLong = (spelling: string): boolean => spelling.length >= leastSpelling;

/** What of a plain text is a secret: itself, as a form has it, its lines, and as base64 has it. */
function plainSpellingsOf(secret: string): string[] {
  const lines = linesOf(secret);
  const texts = [secret, secret.replaceAll(" ", "+"), lines.join(" "), lines.join("")];
  const body = lines.filter((line) => !line.startsWith("-----"));
  if (lines.length > 1)
    texts.push(...[body.join(" "), body.join(""), ...body].filter((text) => text.length >= leastLine));
  const base64 = encodedTexts(secret).flatMap((text) =>
    [0, 1, 2].map((offset) => insideBase64(Buffer.from(text), offset)),
  );
  return [
    ...texts.map((text) => PlainText.of(text).text),
    ...base64.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]),
  ].filter(isLong);
}

const hexOf = (secret: string): string[] =>
  encodedTexts(secret)
    .map((text) => Buffer.from(text).toString("hex"))
    .filter(isLong);

const linesOf = (secret: string): string[] =>
  secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The secret as it may be where it was encoded: in JSON, without blanks around it, with line ends of another system. */
function encodedTexts(secret: string): string[] {
  const lines = secret.replaceAll("\r\n", "\n");
  return [...new Set([secret, secret.trim(), jsonOf(secret), lines, lines.replaceAll("\n", "\r\n")])];
}

/** What a longer base64 text has of the bytes alone, where so many others stand before them in a group of three. */
function insideBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

const jsonOf = (text: string): string => JSON.stringify(text).slice(1, -1);

const upper = (text: string): string => text.toUpperCase();

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
