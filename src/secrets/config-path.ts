import type { JsonValue } from "../definition/plugin-item.ts";

/** The keys of a field such as `smtp.password`. */
export const keysOf = (field: string): string[] => field.split(".");

/** Whether the keys lead to a field, or to something in it. */
export const isUnder = (field: string, keys: readonly string[]): boolean =>
  keysOf(field).every((key, index) => keys[index] === key);

/** What a config has in a field; undefined where there is none. */
export function valueAt(config: JsonValue | undefined, field: string): JsonValue | undefined {
  return keysOf(field).reduce<JsonValue | undefined>((value, key) => memberOf(value, key), config);
}

/**
 * The config with another value in a field, or without the field for undefined. Where the object that would
 * hold the field is not there, nothing is changed.
 */
export function withValueAt(config: JsonValue, field: string, value: JsonValue | undefined): JsonValue {
  return replace(config, keysOf(field), value);
}

function replace(
  config: JsonValue,
  [key, ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonValue {
  if (key === undefined || !isObject(config)) return config;
  const member = rest.length === 0 ? value : memberOf(config, key);
  const replaced = rest.length === 0 || member === undefined ? member : replace(member, rest, value);
  const { [key]: _, ...others } = config;
  return replaced === undefined ? others : { ...config, [key]: replaced };
}

const memberOf = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
