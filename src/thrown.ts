// What can be asked of anything that was thrown: by its properties, not by its class. Under Jest, and in other
// `vm` contexts, Node and the drivers make errors of another `Error` than this code's. Nothing here throws,
// whatever it gets: a text, null, a frozen object, a property that throws when it is read.

/** A property of a value; undefined where it has none, or refuses to be read. */
export function propertyOf(value: unknown, name: string | symbol): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return (value as Record<string | symbol, unknown>)[name];
  } catch {
    return undefined;
  }
}

const textProperty = (value: unknown, name: string): string | undefined => {
  const property = propertyOf(value, name);
  return typeof property === "string" ? property : undefined;
};

/** Whether something is an error of any realm: what has a message. */
export const isError = (value: unknown): boolean => textProperty(value, "message") !== undefined;

export const nameOf = (error: unknown): string => textProperty(error, "name") || "Error";

export const stackOf = (error: unknown): string | undefined => textProperty(error, "stack");

/** What tells errors apart, as Node, drivers and this library set it: `ECONNREFUSED`, `ER_DUP_ENTRY`. */
export const codeOf = (error: unknown): string | undefined => textProperty(error, "code");

/** The text of whatever was thrown; drivers throw aggregates without a message when no address answers. */
export function messageOf(error: unknown): string {
  const message = textProperty(error, "message");
  if (message === undefined) return textOf(error);
  if (message !== "") return message;
  const parts = partsOf(error).map((part) => (textProperty(part, "message") ?? textOf(part)) || nameOf(part));
  return parts.length > 0 ? parts.join(", ") : nameOf(error);
}

/** An error, its causes and what aggregates are made of, each once. */
export function* withCauses(error: unknown, seen = new Set<unknown>()): Generator<unknown> {
  if (error === undefined || seen.has(error)) return;
  seen.add(error);
  yield error;
  for (const part of [...partsOf(error), propertyOf(error, "cause")]) yield* withCauses(part, seen);
}

function partsOf(error: unknown): readonly unknown[] {
  const parts = propertyOf(error, "errors");
  try {
    return Array.isArray(parts) ? [...parts] : [];
  } catch {
    return [];
  }
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "something that cannot be written as text";
  }
}
