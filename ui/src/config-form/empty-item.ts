import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { readField } from "./field-kind.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import { startingValue } from "./starting-value.ts";

/** A new item of a list: there is always something at its place, be it an empty text. */
export function emptyItem(part: JsonSchema, form: RootSchema): JsonValue {
  const value = startingValue(part, form, undefined, true);
  if (value !== undefined) return value;
  return readField(part, form, undefined).kind.kind === "text" ? "" : null;
}
