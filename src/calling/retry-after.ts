import { propertyOf, withCauses } from "../thrown.ts";

/** What asks for more than a day is wrong, or will be told again tomorrow. */
const longestMs = 24 * 60 * 60 * 1_000;

/** How many headers are looked at for one that is written in unusual letters. */
const mostHeaders = 1_000;

/**
 * After how many milliseconds an error, or one of its causes, says to come again: 0 to 86,400,000. undefined where
 * none has a Retry-After that can be read.
 */
export function retryAfter(error: unknown, now: number): number | undefined {
  for (const one of withCauses(error)) {
    for (const holder of [one, propertyOf(one, "response")]) {
      const ms = readRetryAfter(headerOf(propertyOf(holder, "headers")), now);
      if (ms !== undefined) return Math.min(Math.max(ms, 0), longestMs);
    }
  }
  return undefined;
}

const header = "retry-after";

/** It, out of `Headers`, a map, an object, or what an HTTP client has instead. */
function headerOf(headers: unknown): unknown {
  if (typeof headers !== "object" || headers === null) return undefined;
  return ask(headers, "get", header) ?? propertyOf(headers, header) ?? inOtherLetters(headers);
}

function inOtherLetters(headers: object): unknown {
  try {
    const keys = ask(headers, "keys") ?? Object.keys(headers);
    let looked = 0;
    for (const key of keys as Iterable<unknown>) {
      looked += 1;
      if (looked > mostHeaders) break;
      if (typeof key === "string" && key.toLowerCase() === header) {
        return ask(headers, "get", key) ?? propertyOf(headers, key);
      }
    }
  } catch {
    // It is no list of names, or refuses to be read.
  }
  return undefined;
}

/** Calls a method of what the client gave; undefined where it has none, or where that throws. */
function ask(headers: object, method: string, ...args: readonly string[]): unknown {
  const call = propertyOf(headers, method);
  if (typeof call !== "function") return undefined;
  try {
    return Reflect.apply(call, headers, args) as unknown;
  } catch {
    return undefined;
  }
}

const weekday = /^(mon|tue|wed|thu|fri|sat|sun)/i;
const isoTime = /^\d{4}-\d{2}-\d{2}T/;

/** Milliseconds from `now`, of a number of seconds or a date. */
function readRetryAfter(value: unknown, now: number): number | undefined {
  const first: unknown = Array.isArray(value) ? propertyOf(value, "0") : value;
  if (typeof first === "number") return first >= 0 ? first * 1_000 : undefined;
  if (typeof first !== "string") return undefined;
  const text = first.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  if (!weekday.test(text) && !isoTime.test(text)) return undefined;
  // The oldest of the three forms of an HTTP date has no zone, and means UTC.
  const isAsctime = weekday.test(text) && !text.includes(",");
  const at = Date.parse(isAsctime ? `${text} GMT` : text);
  return Number.isNaN(at) ? undefined : at - now;
}
