import type { ConfigIssue } from "../../definition/config-issue.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";

/** Bytes of JSON. */
const maxConfigSize = 256 * 1024;
const maxDepth = 64;
/**
 * Keys by which objects are tampered with in careless code further down, and the one that tells encrypted
 * secrets, which only plugbay makes. No config needs them.
 */
const reservedKeys = new Set(["__proto__", "constructor", "prototype", "$secret"]);

type Path = ConfigIssue["path"];

/**
 * A copy of what somebody sent as a config, once it is certain that it is plain JSON of a bearable size.
 * A list of issues otherwise.
 */
export function checkJson(
  value: unknown,
): { readonly value: JsonValue } | { readonly issues: readonly ConfigIssue[] } {
  const issues: ConfigIssue[] = [];
  let left = maxConfigSize;
  const refuse = (path: Path, message: string): JsonValue => {
    issues.push({ path, message });
    return null;
  };
  // Every value takes at least a byte, so counting them stops at what would be too long anyway.
  const copy = (from: unknown, path: Path): JsonValue => {
    left -= typeof from === "string" ? from.length + 2 : 1;
    if (left < 0 || path.length > maxDepth) return null;
    if (from === null || typeof from === "string" || typeof from === "boolean") return from;
    if (typeof from === "number" && Number.isFinite(from)) return from;
    if (Array.isArray(from)) return from.map((element, index) => copy(element, [...path, index]));
    if (typeof from === "bigint")
      return refuse(path, "is a BigInt, which JSON cannot say: give a number or a text");
    if (typeof from !== "object" || !isPlain(from)) return refuse(path, "is not a JSON value");
    const object: Record<string, JsonValue> = {};
    for (const [key, member] of Object.entries(from)) {
      if (reservedKeys.has(key)) refuse([...path, key], "is a key that a config cannot have");
      else if (path.length === maxDepth) refuse(path, `is nested deeper than ${maxDepth} levels`);
      else if (member !== undefined) {
        left -= key.length + 3;
        object[key] = copy(member, [...path, key]);
      }
      if (left < 0 || issues.length >= 20) break;
    }
    return object;
  };
  const copied = copy(value, []);
  const isTooLong = left < 0 || (issues.length === 0 && byteLength(copied) > maxConfigSize);
  if (isTooLong) refuse([], `is longer than ${maxConfigSize / 1024} kB`);
  return issues.length > 0 ? { issues } : { value: copied };
}

const byteLength = (value: JsonValue): number => Buffer.byteLength(JSON.stringify(value));

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
