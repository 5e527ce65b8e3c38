import { type DraftValue, isJsonObject, isSameJson } from "../json.ts";
import { isSchema, type JsonSchema, type RootSchema } from "./json-schema.ts";

/** Which alternative a value is of: by what only one has, else by what it passes, else by how much it has in common. */
export function matchingOption(
  options: readonly JsonSchema[],
  form: RootSchema,
  value: DraftValue,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const named = options.findIndex((option) => hasConstantsOf(option, value));
  if (named !== -1) return named;
  const passed = options.findIndex((option) => form.matches(option, value));
  if (passed !== -1) return passed;
  const shared = options.map((option) => sharedKeys(option, value));
  const most = Math.max(...shared);
  return most > 0 ? shared.indexOf(most) : undefined;
}

/** The constants that tell an alternative from the others, such as `kind`. */
export function constantsOf({ properties }: JsonSchema): [key: string, value: unknown][] {
  if (!isSchema(properties)) return [];
  return Object.entries(properties).flatMap(([key, property]) =>
    isSchema(property) && property.const !== undefined ? [[key, property.const]] : [],
  );
}

function hasConstantsOf(option: JsonSchema, value: DraftValue): boolean {
  const constants = constantsOf(option);
  return (
    constants.length > 0 &&
    isJsonObject(value) &&
    constants.every(([key, constant]) => isSameJson(value[key], constant as DraftValue))
  );
}

function sharedKeys({ properties, type }: JsonSchema, value: DraftValue): number {
  if (isJsonObject(value)) {
    return isSchema(properties) ? Object.keys(value).filter((key) => key in properties).length : 0;
  }
  if (Array.isArray(value)) return type === "array" ? 1 : 0;
  return type === typeof value ? 1 : 0;
}
