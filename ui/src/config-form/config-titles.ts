import { isJsonObject, type JsonObject } from "../json.ts";
import { keyTitle } from "./key-title.ts";

/** What a form calls the places that lead to a value, such as Delivery and Host for `route.host`. */
export function configTitles(schema: object, path: string): readonly string[] {
  const root = isJsonObject(schema) ? schema : {};
  const { titles } = path.split(".").reduce<{ parts: readonly JsonObject[]; titles: readonly string[] }>(
    ({ parts, titles }, key) => {
      const found = parts
        .flatMap((part) => [...alternativesOf(part, root, new Set())])
        .map(({ properties }) => (isJsonObject(properties) ? properties[key] : undefined))
        .filter(isJsonObject);
      return { parts: found, titles: [...titles, titleOf(found, key, root)] };
    },
    { parts: [root], titles: [] },
  );
  return titles;
}

function titleOf(parts: readonly JsonObject[], key: string, root: JsonObject): string {
  // A key that no schema names is the operator's own word.
  if (parts.length === 0) return key;
  const titled = parts.flatMap((part) => [...alternativesOf(part, root, new Set(), false)]);
  return titled.map(({ title }) => title).find((title) => isText(title)) ?? keyTitle(key);
}

const isText = (title: unknown): title is string => typeof title === "string" && title !== "";

/** The schema and all that hold, or may hold, for the same value: whichever it is of, the places have names. */
function* alternativesOf(
  schema: JsonObject,
  root: JsonObject,
  followed: Set<string>,
  withOptions = true,
): Generator<JsonObject> {
  yield schema;
  const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema;
  const options = withOptions ? [anyOf, oneOf, then, otherwise] : [];
  for (const part of [allOf, ...options].flat()) {
    if (isJsonObject(part)) yield* alternativesOf(part, root, followed, withOptions);
  }
  if (typeof $ref !== "string" || followed.has($ref)) return;
  followed.add($ref);
  const keys = $ref.replace(/^#\/?/, "").split("/");
  const target = keys.reduce<unknown>((place, key) => (isJsonObject(place) ? place[key] : undefined), root);
  if (isJsonObject(target)) yield* alternativesOf(target, root, followed, withOptions);
}
