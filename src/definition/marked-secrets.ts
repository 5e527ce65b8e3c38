import type { StandardSchemaV1 } from "@standard-schema/spec";
import { isJsonSchema, type JsonSchema, jsonSchemaOf } from "./json-schema.ts";

/** Where a schema marks a secret: its field, or what is wrong with the place. */
export type MarkedSecret =
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "misplaced"; readonly field: string };

/**
 * The fields that a schema's JSON Schema marks as secrets, by `"x-plugbay-secret": true`, `writeOnly: true` or
 * `format: "password"`. None where the schema has no JSON Schema, or cannot make one.
 */
export function markedSecrets(schema: StandardSchemaV1): MarkedSecret[] {
  const root = jsonSchemaOf(schema) ?? {};
  const found = new Map<string, MarkedSecret>();
  visit(root, { root, keys: [], isNamed: true, isAgain: false, open: new Set() }, (marked) => {
    if (found.get(marked.field)?.kind !== "misplaced") found.set(marked.field, marked);
  });
  return [...found.values()];
}

interface Place {
  readonly root: JsonSchema;
  readonly keys: readonly string[];
  /** Whether the keys alone lead there: not below a list, a record or a schema that contains itself. */
  readonly isNamed: boolean;
  /** Whether it is in a schema that contains itself, which is seen once more. */
  readonly isAgain: boolean;
  /** The schemas that the place is in. */
  readonly open: ReadonlySet<JsonSchema>;
}

/** Schemas for the same value, for a value under a key, and for values that no key names. */
const alternatives = ["allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas"];
const unnamed = [
  "items",
  "prefixItems",
  "contains",
  "additionalProperties",
  "patternProperties",
  "unevaluatedProperties",
];

function visit(schema: unknown, place: Place, mark: (marked: MarkedSecret) => void): void {
  if (Array.isArray(schema)) for (const one of schema) visit(one, place, mark);
  if (!isJsonSchema(schema)) return;
  const { root, keys, isNamed } = place;
  if (isSecret(schema)) {
    const isField = isNamed && keys.length > 0 && keys.every((key) => key !== "" && !key.includes("."));
    mark({ kind: isField ? "field" : "misplaced", field: keys.join(".") });
    return;
  }
  if (place.open.has(schema)) {
    // It contains itself, so what it marks has endlessly many places: seen once more, with all as misplaced.
    if (place.isAgain) return;
    visit(schema, { ...place, isNamed: false, isAgain: true, open: new Set() }, mark);
    return;
  }
  const here: Place = { ...place, open: new Set([...place.open, schema]) };
  if (typeof schema.$ref === "string") visit(resolve(root, schema.$ref), here, mark);
  for (const keyword of alternatives) {
    const part = schema[keyword];
    visit(keyword === "dependentSchemas" && isJsonSchema(part) ? Object.values(part) : part, here, mark);
  }
  if (isJsonSchema(schema.properties)) {
    for (const [key, property] of Object.entries(schema.properties)) {
      visit(property, { ...here, keys: [...keys, key] }, mark);
    }
  }
  for (const keyword of unnamed) {
    const part = schema[keyword];
    const parts = keyword === "patternProperties" && isJsonSchema(part) ? Object.values(part) : part;
    visit(parts, { ...here, keys: [...keys, "*"], isNamed: false }, mark);
  }
}

const isSecret = (schema: JsonSchema): boolean =>
  schema["x-plugbay-secret"] === true || schema.writeOnly === true || schema.format === "password";

/** What a reference leads to from the root; undefined where that is in another document, or has a name of its own. */
function resolve(root: JsonSchema, $ref: string): unknown {
  const [start, ...keys] = $ref.split("/");
  if (start !== "#") return undefined;
  return keys.reduce<unknown>((schema, key) => {
    if (!isJsonSchema(schema)) return undefined;
    // Libraries write keys as they are, where a reference should have them as a URI has.
    return schema[unescaped(key)] ?? schema[unescaped(decoded(key))];
  }, root);
}

const unescaped = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
