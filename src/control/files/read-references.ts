import type { ConfigIssue } from "../../definition/config-issue.ts";
import { isNumeral, losesDigits } from "../../definition/exact-number.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";
import { hideInIssues } from "../../secrets/hide-secrets.ts";
import { InvalidConfigError } from "../config/config-errors.ts";
import type { Reference, ResolvedConfig } from "./references.ts";

/** What a schema said of the config under some reading: it was taken, or why not. */
type Answer<Taken> = { readonly taken: Taken } | { readonly issues: readonly ConfigIssue[] };

/** A reference that may stand for something else than a text. */
interface Candidate extends Reference {
  readonly reading: number | boolean | null;
}

/** Above this many it would take too long to try every choice among them. */
const mostToTry = 5;

/**
 * What comes of a config with references. A text that is one reference and nothing else is a text, unless the
 * schema refuses that: then it is the number, the flag or the null that it says as JSON. It is the schema that
 * is asked, and not its JSON Schema, which not all have. Secrets are texts.
 *
 * @param take what is done with a config; throws InvalidConfigError where the schema refuses it
 */
export async function readReferences<Taken>(
  { config, references }: ResolvedConfig,
  secrets: readonly string[],
  take: (config: JsonValue) => Promise<Taken>,
): Promise<Answer<Taken>> {
  const candidates = references.flatMap((reference): Candidate[] => {
    const reading = secrets.includes(reference.path.join(".")) ? undefined : readingOf(reference);
    return reading === undefined ? [] : [{ ...reference, reading }];
  });
  const ask = async (typed: readonly Candidate[]): Promise<Answer<Taken>> => {
    try {
      return { taken: await take(typed.reduce(withReading, config)) };
    } catch (error) {
      if (error instanceof InvalidConfigError) return error;
      throw error;
    }
  };

  const asTexts = await ask([]);
  let typed: readonly Candidate[] = [];
  let answer = asTexts;
  let untyped: readonly Candidate[] = candidates;
  for (;;) {
    if ("taken" in answer || "taken" in asTexts) return answer;
    const { issues } = answer;
    const refused = untyped.filter((one) => issues.some(({ path }) => isSame(path, one.path)));
    if (refused.length === 0) break;
    typed = [...typed, ...refused];
    untyped = untyped.filter((one) => !refused.includes(one));
    answer = await ask(typed);
  }
  // A union only says that nothing fits, and what was brought forward stands elsewhere: that takes trying.
  const { issues } = answer;
  const below = untyped.filter((one) => issues.some(({ path }) => isAbove(path, one.path)));
  for (const some of choices(below.length > 0 ? below : untyped)) {
    const next = await ask([...typed, ...some]);
    if ("taken" in next) return next;
  }
  return { issues: explained(issues, asTexts.issues, { references, typed, secrets }) };
}

/** What a text says as JSON, where that is no text; undefined for all others. */
function readingOf({ value, isWhole }: Reference): Candidate["reading"] | undefined {
  if (!isWhole) return undefined;
  if (value === "null") return null;
  if (value === "true" || value === "false") return value === "true";
  return isNumeral(value) && !losesDigits(value) ? Number(value) : undefined;
}

function withReading(config: JsonValue, { path, reading }: Candidate): JsonValue {
  const place = (value: JsonValue, [key, ...rest]: Path): JsonValue => {
    if (key === undefined) return reading;
    if (isList(value)) return value.map((one, index) => (index === key ? place(one, rest) : one));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, name === key ? place(one, rest) : one]),
    );
  };
  return place(config, path);
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

type Path = ConfigIssue["path"];

/** Schemas may say an index as a text. */
const isAbove = (path: Path, other: Path): boolean =>
  path.every((key, index) => String(key) === String(other[index]));

const isSame = (path: Path, other: Path): boolean => path.length === other.length && isAbove(path, other);

/** All ways to choose some of them, the fewest first; of too many only all, and each alone. */
function choices<One>(from: readonly One[]): One[][] {
  if (from.length > mostToTry) return [...from.map((one) => [one]), [...from]];
  const all = Array.from({ length: 2 ** from.length - 1 }, (_, number) =>
    from.filter((_one, index) => ((number + 1) >> index) % 2 === 1),
  );
  return all.sort((one, other) => one.length - other.length);
}

interface Reading {
  readonly references: readonly Reference[];
  readonly typed: readonly Candidate[];
  readonly secrets: readonly string[];
}

/** What is wrong, with the names of the variables that it is about, and no value of one that may be a secret. */
function explained(
  issues: readonly ConfigIssue[],
  ofTexts: readonly ConfigIssue[],
  { references, typed, secrets }: Reading,
): readonly ConfigIssue[] {
  const typedAt = (path: Path) => typed.find((one) => isSame(one.path, path));
  const hidden = references.filter(({ path }) => typedAt(path) === undefined).map(({ value }) => value);
  const asTexts = hideInIssues(ofTexts, hidden);
  return hideInIssues(issues, hidden).map((issue) => {
    const { path, message } = issue;
    const reference = references.find((one) => one.isWhole && isSame(one.path, path));
    if (reference === undefined || secrets.includes(path.join("."))) return issue;
    const { name } = reference;
    const read = typedAt(path);
    if (read === undefined) return { path, message: `${message}; ${name} ${whyText(reference)}` };
    const told = `${message}, with ${name} read as ${kindOf(read.reading)}`;
    const asText = asTexts.find((one) => isSame(one.path, path))?.message;
    return { path, message: asText === undefined ? told : `${told}; as a text: ${asText}` };
  });
}

const whyText = ({ value }: Reference): string =>
  isNumeral(value)
    ? "has too many digits for a number, and is read as a string"
    : "is read as a text: a number is written as in JSON, such as 587, a flag as true or false";

const kindOf = (reading: Candidate["reading"]): string =>
  reading === null ? "null" : typeof reading === "number" ? "a number" : "a flag";
