import { inspect } from "node:util";

/** What finds secrets in a text. */
export interface SecretPattern {
  /** Global: matches the spellings of the secrets, at each place the longest. */
  readonly spelling: RegExp;
  /** How long the longest and the shortest spelling are. */
  readonly longest: number;
  readonly shortest: number;
}

/** An item's secrets are one list for as long as its instance lives. */
const patterns = new WeakMap<readonly string[], { readonly size: number; readonly pattern: SecretPattern }>();

const none: SecretPattern = { spelling: /(?!)/g, longest: 0, shortest: 0 };

/** What finds these secrets as they are, and as JSON, URLs, forms, base64 and hexadecimal digits write them. */
export function patternOf(secrets: readonly string[]): SecretPattern {
  const known = patterns.get(secrets);
  if (known?.size === secrets.length) return known.pattern;
  const pattern = makePattern(secrets);
  patterns.set(secrets, { size: secrets.length, pattern });
  return pattern;
}

function makePattern(secrets: readonly string[]): SecretPattern {
  const spellings = secrets.flatMap(spellingsOf).sort((one, other) => other.length - one.length);
  const [longest] = spellings;
  const shortest = spellings.at(-1);
  if (longest === undefined || shortest === undefined) return none;
  return {
    spelling: new RegExp(spellings.map(escaped).join("|"), "g"),
    longest: longest.length,
    shortest: shortest.length,
  };
}

/** What is empty is no secret, and would be found everywhere. */
function spellingsOf(secret: string): string[] {
  if (secret === "") return [];
  const json = jsonOf(secret);
  const base64 = Buffer.from(secret).toString("base64");
  const inspected = inspect(secret).slice(1, -1);
  const url = encodeURIComponent(secret.toWellFormed());
  const usual = [secret, json, inspected, url, base64, base64.replace(/=+$/, "")];
  return [...new Set([...usual, ...otherSpellings(secret, json, url)])];
}

/** The spellings of fewer characters are found in any text, such as the hexadecimal one of `a`. */
const leastSpelling = 6;

function otherSpellings(secret: string, json: string, url: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const urls = [
    url,
    encodeURI(secret.toWellFormed()),
    new URLSearchParams({ "": secret }).toString().slice(1),
  ];
  const base64 = [0, 1, 2].map((offset) => insideBase64(bytes, offset));
  const all = [
    ...urls.flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]),
    ...base64.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]),
    hex,
    hex.toUpperCase(),
    jsonOf(json),
  ];
  return all.filter((spelling) => spelling.length >= leastSpelling);
}

/** What a longer base64 text has of the bytes alone, where so many others stand before them in a group of three. */
function insideBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

const jsonOf = (text: string): string => JSON.stringify(text).slice(1, -1);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
