import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";

type Fields = HistoryEntry["before"];

/** What a revert of a change makes of which fields: secrets that the change replaced stay as they are now. */
export function setBack({
  before,
  after,
  secretsKept,
}: HistoryEntry): Pick<HistoryEntry, "before" | "after"> {
  const config = secretsKept.reduce<JsonValue | undefined>(
    (then, field) => withValueOf(then, after?.config, field.split(".")),
    before?.config,
  );
  const then = before && config !== undefined ? { ...before, config } : before;
  return { before: withoutVersion(after), after: withoutVersion(then) };
}

/** The server writes a config in the version of today's code, whatever it was before. */
function withoutVersion(fields: Fields): Fields {
  if (fields === null) return null;
  const { configVersion: _, ...others } = fields;
  return others;
}

function withValueOf(
  to: JsonValue | undefined,
  from: JsonValue | undefined,
  [key, ...rest]: readonly string[],
): JsonValue | undefined {
  if (key === undefined) return from;
  const member = isObject(from)
    ? withValueOf(isObject(to) ? to[key] : undefined, from[key], rest)
    : undefined;
  return isObject(to) && member !== undefined ? { ...to, [key]: member } : to;
}

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
