import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { isShownSecret } from "../../config-form/secret-value.ts";
import { type DraftValue, isJsonObject } from "../../json.ts";

/** The values of a config by their paths, such as `smtp.port`; a list is a value. */
export function configLeaves(config: DraftValue, path = ""): Map<string, JsonValue> {
  if (config === undefined) return new Map();
  const members = isJsonObject(config) && !isShownSecret(config) ? Object.entries(config) : [];
  if (members.length === 0)
    return path === "" && isJsonObject(config) ? new Map() : new Map([[path, config]]);
  return new Map(
    members.flatMap(([key, member]) => [...configLeaves(member, path === "" ? key : `${path}.${key}`)]),
  );
}
