import type { KeyboardEvent } from "react";

/** What a schema says about the numbers of a field. */
export interface NumberLimits {
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
  readonly multipleOf?: unknown;
}

/** The way that an arrow key leads. */
export function stepOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): 1 | -1 | undefined {
  if (altKey || ctrlKey || metaKey || shiftKey) return undefined;
  if (key === "ArrowUp") return 1;
  return key === "ArrowDown" ? -1 : undefined;
}

/** The next number up or down; the same one where the limits leave none. */
export function stepped(from: number, step: 1 | -1, limits: NumberLimits): number {
  const size = limitOf(limits.multipleOf) ?? 1;
  const next = within(sum(from, step * size), limits);
  const isAllowed =
    next > (limitOf(limits.exclusiveMinimum) ?? -Infinity) &&
    next < (limitOf(limits.exclusiveMaximum) ?? Infinity);
  return isAllowed ? next : from;
}

const within = (value: number, { minimum, maximum }: NumberLimits): number =>
  Math.max(limitOf(minimum) ?? -Infinity, Math.min(limitOf(maximum) ?? Infinity, value));

const limitOf = (limit: unknown): number | undefined => (typeof limit === "number" ? limit : undefined);

const mostDecimals = 100;

/** As on paper: 0.1 and 0.2 are 0.3. */
const sum = (one: number, other: number): number =>
  Number((one + other).toFixed(Math.min(mostDecimals, Math.max(decimalsOf(one), decimalsOf(other)))));

function decimalsOf(value: number): number {
  const [, fraction = "", exponent = "0"] = /(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
