import type { JsonValue } from "../../definition/plugin-item.ts";
import { isUnder, keysOf } from "../../secrets/config-path.ts";
import type { ConfigurablePlugin } from "./configurable.ts";

/** A key that says where something goes, such as `smtpHost`, `base_url` or `port`. */
const addressName =
  /ur[il]|host|server|endpoint|address|domain|proxy|origin|gateway|dsn|port$|^ip$|socket|webhook|callback/i;

/** What URLs, hosts and templates of them have, also in other alphabets' dots; a word such as `eu` has none. */
const addressMark = /[/\\#?@:%{}[\].\u3002\uff0e\uff61]/;

/** A field that is not the same in two configs, as it was and as it is; undefined where there was or is none. */
export interface ChangedField {
  readonly keys: readonly string[];
  readonly was: JsonValue | undefined;
  readonly is: JsonValue | undefined;
}

/** The fields that differ between two configs. */
export function changedFields(stored: JsonValue, sent: JsonValue): ChangedField[] {
  const before = leavesOf(stored);
  const after = leavesOf(sent);
  const fields = new Map([...before, ...after].map(([field, { keys }]) => [field, keys]));
  return [...fields].flatMap(([field, keys]) => {
    const was = before.get(field)?.value;
    const is = after.get(field)?.value;
    return was === is ? [] : [{ keys, was, is }];
  });
}

/**
 * Whether such a field may say where a secret is sent. Where the plugin does not list its `addresses`, a value that could
 * be a part of a URL counts, and any value under a name such as `host`: rather one too many than a secret sent to a
 * stranger. Of a secret only what it is to become counts, so that nothing is told of what it is.
 */
export function mayBeAddress(
  { keys, was, is }: ChangedField,
  { addresses, secrets }: Pick<ConfigurablePlugin, "addresses" | "secrets">,
): boolean {
  if (addresses)
    return addresses.some((field) => isUnder(field, keys) || isUnder(keys.join("."), keysOf(field)));
  const values = secrets.some((secret) => isUnder(secret, keys)) ? [is] : [was, is];
  return keys.some(saysWhere) || values.some(isAddress);
}

interface Leaf {
  readonly keys: readonly string[];
  readonly value: JsonValue;
}

/** What a config has at its ends, by the path as JSON. */
function leavesOf(config: JsonValue): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (value: JsonValue, keys: readonly string[]): void => {
    const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (members.length === 0) leaves.set(JSON.stringify(keys), { keys, value: emptied(value) });
    for (const [key, member] of members) visit(member as JsonValue, [...keys, key]);
  };
  visit(config, []);
  return leaves;
}

/** Two empty objects are no difference. */
const emptied = (value: JsonValue): JsonValue =>
  typeof value === "object" && value !== null ? (Array.isArray(value) ? "[]" : "{}") : value;

const saysWhere = (key: string): boolean => addressName.test(key) || isAddress(key);

const isAddress = (value: JsonValue | undefined): boolean =>
  typeof value === "string" && value !== "{}" && value !== "[]" && addressMark.test(value);
