import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import type { Text } from "../../i18n/use-text.ts";
import { type DraftValue, isJsonObject } from "../../json.ts";

/** A default as people read it. */
export function defaultText(value: DraftValue, text: Text): string {
  if (value === null || value === undefined) return text("form.notSet");
  if (value === "" || (Array.isArray(value) && value.length === 0)) return text("form.default.empty");
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return text(value ? "config.yes" : "config.no");
  if (Array.isArray(value) && value.every(isScalar)) {
    return value.map((one) => defaultText(one, text)).join(", ");
  }
  if (!isJsonObject(value) || !Object.values(value).every(isScalar)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, one]) => `${key} = ${defaultText(one, text)}`);
  return members.length === 0 ? text("form.default.empty") : members.join(", ");
}

const isScalar = (value: JsonValue): boolean => value === null || typeof value !== "object";
