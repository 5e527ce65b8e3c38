import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { type DraftValue, isJsonObject, isSameJson, type JsonObject, withMember } from "../json.ts";
import { type ObjectProperty, readField } from "./field-kind.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import { matchingOption } from "./matching-option.ts";

/** Below this a schema contains itself without end. */
const deepest = 24;

/** What the form of a new item starts with. */
export function startingConfig(form: RootSchema): DraftValue {
  const { kind } = readField(form.root, form, undefined);
  if (kind.kind === "object") return startingObject(kind.properties, form, undefined, 0);
  return startingValue(form.root, form, undefined, true);
}

/**
 * What is there at first of something that an operator adds: what has to be there and can be nothing else. What
 * may be left out is not there: each process makes its default anew.
 */
export function startingValue(
  part: JsonSchema,
  form: RootSchema,
  value: DraftValue,
  isRequired: boolean,
  depth = 0,
): DraftValue {
  const { kind, schema, isNullable } = readField(part, form, value);
  if (value === undefined && !isRequired) return undefined;
  if (value === undefined && schema.default !== undefined) return schema.default as JsonValue;
  if (value === null || depth > deepest) return value;
  if (value === undefined && isNullable) return null;
  switch (kind.kind) {
    case "constant":
      return value ?? kind.value;
    case "boolean":
      return value ?? false;
    case "choices":
      return value ?? [];
    case "list":
      return startingList(kind.fixed, form, value, depth);
    case "object":
      return startingObject(kind.properties, form, value, depth);
    case "union": {
      const option = kind.options[matchingOption(kind.options, form, value) ?? -1];
      return option === undefined ? value : startingValue(option, form, value, true, depth + 1);
    }
    default:
      return value;
  }
}

function startingList(
  fixed: readonly JsonSchema[],
  form: RootSchema,
  value: DraftValue,
  depth: number,
): DraftValue {
  const items: readonly DraftValue[] = Array.isArray(value) ? value : [];
  if (value !== undefined && !Array.isArray(value)) return value;
  const first = fixed.map(
    (schema, index) => startingValue(schema, form, items[index], true, depth + 1) ?? null,
  );
  return [...first, ...(items.slice(fixed.length) as readonly JsonValue[])];
}

function startingObject(
  properties: readonly ObjectProperty[],
  form: RootSchema,
  value: DraftValue,
  depth: number,
): DraftValue {
  if (value !== undefined && !isJsonObject(value)) return value;
  return properties.reduce<JsonObject>(
    (object, { key, schema, isRequired }) =>
      withMember(object, key, startingValue(schema, form, object[key], isRequired, depth + 1)),
    value ?? {},
  );
}

/** The object with the constants that have to be in it: no field shows them. */
export const withConstants = (
  object: JsonObject,
  properties: readonly ObjectProperty[],
  form: RootSchema,
): JsonObject =>
  properties.reduce((before, { key, schema, isRequired }) => {
    if (!isRequired || before[key] !== undefined) return before;
    const { kind } = readField(schema, form, undefined);
    return kind.kind === "constant" ? withMember(before, key, kind.value) : before;
  }, object);

/** The object without what its members are by default anyway. */
export const withoutDefaults = (
  object: JsonObject,
  properties: readonly ObjectProperty[],
  form: RootSchema,
): JsonObject =>
  properties.reduce((before, { key, schema, isRequired }) => {
    const initial = readField(schema, form, before[key]).schema.default as DraftValue;
    const isDefault = !isRequired && initial !== undefined && isSameJson(before[key], initial);
    return isDefault ? withMember(before, key, undefined) : before;
  }, object);
