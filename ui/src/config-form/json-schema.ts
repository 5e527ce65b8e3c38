import { dereference, type Schema, validate } from "@cfworker/json-schema";
import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { type DraftValue, isJsonObject } from "../json.ts";
import { isShownSecret } from "./secret-value.ts";

/** A schema, draft 7 or 2020-12, of which any keyword may be anything: it comes from a plugin. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const isSchema = (value: unknown): value is JsonSchema => isJsonObject(value);

/** A config's whole schema, and what asks it. */
export interface RootSchema {
  readonly root: JsonSchema;
  /** Whether a value would pass a part of the schema. Without `eval`: the content security policy forbids it. */
  readonly matches: (part: JsonSchema, value: DraftValue) => boolean;
}

/** @throws where the schema is none: one that names an unknown place, say */
export function readSchema(schema: object): RootSchema {
  // The validator writes into what it is given.
  const root = structuredClone(schema) as Schema;
  const draft = String(root.$schema ?? "").includes("draft-07") ? "7" : "2020-12";
  const places = dereference(root);
  return {
    root: root as JsonSchema,
    matches: (part, value) => {
      if (value === undefined) return false;
      try {
        return validate(withSecretsHidden(value), part as Schema, draft, places).valid;
      } catch {
        return false;
      }
    },
  };
}

/** A secret that is shown as set stands for a text. */
function withSecretsHidden(value: JsonValue): JsonValue {
  if (isShownSecret(value)) return "********";
  if (Array.isArray(value)) return value.map(withSecretsHidden);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withSecretsHidden(member)]));
}

/** A schema as it holds for a value: references followed, conditions decided, all merged into one. */
export function resolveSchema(schema: JsonSchema, form: RootSchema, value: DraftValue): JsonSchema {
  return [...parts(schema, form, value, new Set())].reduce(merged, {});
}

function* parts(
  { $ref, allOf, if: condition, then, else: otherwise, dependentSchemas, ...own }: JsonSchema,
  form: RootSchema,
  value: DraftValue,
  followed: ReadonlySet<string>,
): Generator<JsonSchema> {
  const into = (part: unknown, seen = followed) => (isSchema(part) ? parts(part, form, value, seen) : []);
  if (typeof $ref === "string" && !followed.has($ref)) {
    yield* into(findReference(form.root, $ref), new Set([...followed, $ref]));
  }
  for (const part of Array.isArray(allOf) ? allOf : []) yield* into(part);
  yield own;
  if (isSchema(condition)) {
    yield* into(form.matches(condition, withDefaults(own.properties, value ?? {})) ? then : otherwise);
  }
  if (!isSchema(dependentSchemas) || !isJsonObject(value)) return;
  for (const [key, part] of Object.entries(dependentSchemas)) if (key in value) yield* into(part);
}

/** What a condition is asked with: what is left out is its default. */
function withDefaults(properties: unknown, value: JsonValue): JsonValue {
  if (!isSchema(properties) || !isJsonObject(value)) return value;
  const defaults = Object.entries(properties).flatMap(([key, property]) =>
    isSchema(property) && property.default !== undefined ? [[key, property.default as JsonValue]] : [],
  );
  return { ...Object.fromEntries(defaults), ...value };
}

export function merged(one: JsonSchema, other: JsonSchema): JsonSchema {
  const both = { ...one, ...other };
  if (isSchema(one.properties) && isSchema(other.properties)) {
    const properties: Record<string, unknown> = { ...one.properties };
    for (const [key, property] of Object.entries(other.properties)) {
      const before = properties[key];
      properties[key] = isSchema(before) && isSchema(property) ? merged(before, property) : property;
    }
    both.properties = properties;
  }
  if (Array.isArray(one.required) && Array.isArray(other.required)) {
    both.required = [...one.required, ...other.required];
  }
  return both;
}

function findReference(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith("#")) return undefined;
  return reference
    .slice(1)
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (place, key) => (Array.isArray(place) ? place[Number(key)] : isSchema(place) ? place[key] : undefined),
      root,
    );
}
