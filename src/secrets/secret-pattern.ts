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

/** What finds these secrets as they are, and as JSON, URLs and base64 write them. */
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
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString("base64");
  const inspected = inspect(secret).slice(1, -1);
  return [...new Set([secret, json, inspected, urlEncoded(secret), base64, base64.replace(/=+$/, "")])];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** A half of a surrogate pair has no spelling in a URL. */
const urlEncoded = (secret: string): string => encodeURIComponent(secret.toWellFormed());
