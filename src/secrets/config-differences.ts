import type { JsonValue } from "../definition/plugin-item.ts";

/** A place of a config at which two of them differ. */
export interface ConfigDifference {
  /** The keys from the top, such as `smtp.host` or `hosts[0]`; empty for the whole. */
  readonly path: string;
  /** What was there; undefined where it was added. */
  readonly before: JsonValue | undefined;
  /** What is there; undefined where it was removed. */
  readonly after: JsonValue | undefined;
}

/**
 * Where two configs differ, as narrowly as that can be said. Secrets, which are there as they are shown, are compared as a
 * whole: of another value they have another fingerprint and time.
 */
export function configDifferences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = "",
): ConfigDifference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isNested(before) || !isNested(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before, after }];
  }
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) =>
    configDifferences(old.get(key), next.get(key), stepInto(path, key, Array.isArray(after))),
  );
}

/** What is looked into: no secret, whose parts mean nothing alone. */
const isNested = (
  value: JsonValue | undefined,
): value is Exclude<JsonValue, string | number | boolean | null> =>
  typeof value === "object" && value !== null && fingerprintOf(value) === undefined;

/** What tells the values of a secret apart; undefined for what is no secret. It is keyed, so nobody can try values. */
export function fingerprintOf(value: JsonValue | undefined): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { secret, fingerprint } = value as { readonly [key: string]: JsonValue };
  return secret === "set" && typeof fingerprint === "string" ? fingerprint : undefined;
}

function stepInto(path: string, key: string, isList: boolean): string {
  if (isList) return `${path}[${key}]`;
  const name = /^[\p{L}\p{N}_$-]+$/u.test(key) ? key : JSON.stringify(key);
  return path === "" ? name : `${path}.${name}`;
}
