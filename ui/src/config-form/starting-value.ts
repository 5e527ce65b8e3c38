import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { type DraftValue, isJsonObject, type JsonObject, withMember } from "../json.ts";
import { type ObjectProperty, readField } from "./field-kind.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import { matchingOption } from "./matching-option.ts";

/** Below this a schema contains itself without end. */
const deepest = 24;

/**
 * What a form starts with: the value, with the schema's defaults where it has nothing. Of what may be left out
 * nothing else is added; what is required gets the parts that can have one value only.
 */
export function startingValue(
  part: JsonSchema,
  form: RootSchema,
  value: DraftValue,
  isRequired: boolean,
  depth = 0,
): DraftValue {
  const { kind, schema, isNullable } = readField(part, form, value);
  if (value === undefined && schema.default !== undefined) {
    return startingValue(part, form, schema.default as JsonValue, isRequired, depth + 1);
  }
  if (value === undefined && !isRequired) return undefined;
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
      const option = kind.options[matchingOption(kind.options, form, value) ?? 0];
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
