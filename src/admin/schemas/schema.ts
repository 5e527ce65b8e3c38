import type { Schema } from "../../vendor/json-schema.ts";

/** A JSON Schema (draft 2020-12, as in OpenAPI 3.1) of values of the type T. */
export interface SchemaOf<T> extends Schema {
  describes?(value: T): void;
}

type OptionalKey<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never;
}[keyof T] &
  string;

/** An object with exactly the fields of T, of which some may be left out. */
export function object<T extends object>(
  properties: { readonly [K in keyof T]-?: Schema },
  optional: readonly OptionalKey<T>[] = [],
): SchemaOf<T> {
  const names: readonly string[] = optional;
  const required = Object.keys(properties).filter((name) => !names.includes(name));
  return { type: "object", properties: { ...properties }, required, additionalProperties: false };
}

export const array = (items: Schema): Schema => ({ type: "array", items });
export const oneOf = (values: readonly string[]): Schema => ({ type: "string", enum: [...values] });
export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

export const text: Schema = { type: "string" };
export const flag: Schema = { type: "boolean" };
export const integer: Schema = { type: "integer" };
export const count: Schema = { type: "integer", minimum: 0 };
export const time: Schema = { type: "string", format: "date-time" };
export const anything: Schema = {};

/** The pattern is stricter than the format, which takes capitals and `urn:uuid:`. */
export const id: Schema = {
  type: "string",
  format: "uuid",
  pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
};
