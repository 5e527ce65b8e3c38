// What can be asked of anything that was thrown: by its properties, not by its class. Under Jest, and in other
// `vm` contexts, Node and the drivers make errors of another `Error` than this code's. Nothing here throws,
// whatever it gets: a text, null, a frozen object, a property that throws when it is read. Nothing here takes
// longer, or tells more, because what was thrown is large.

/** How many characters of a message are told. */
export const longestMessage = 4_000;

/** How many parts of an aggregate are told. */
const mostParts = 10;

/** How many errors are looked at among an error's causes and parts. */
export const mostCauses = 1_000;

/** How deep, and how many properties of, an object that is no error are written. */
const depthWritten = 3;
const mostWritten = 20;

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

/**
 * The text of whatever was thrown, of at most 4,000 characters. Drivers throw aggregates without a message when no
 * address answers. An object without a message is written as JSON.
 */
export function messageOf(error: unknown): string {
  const message = textProperty(error, "message");
  if (message === undefined) return cut(textOf(error), longestMessage);
  if (message !== "") return cut(message, longestMessage);
  const parts = partsOf(error, mostParts);
  if (parts.length === 0) return cut(nameOf(error), longestMessage);
  const texts = parts.map((part) => (textProperty(part, "message") ?? textOf(part)) || nameOf(part));
  const others = partCount(error) - parts.length;
  const told = texts.map((text) => cut(text, longestMessage / mostParts)).join(", ");
  return others > 0 ? `${told}, and ${others} more` : told;
}

/** A text of at most so many characters, which says how long it was if it was longer. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const ending = `... (${text.length} characters)`;
  const end = Math.max(0, length - ending.length);
  // Not between the halves of a surrogate pair: databases refuse a lone one.
  const isInPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, isInPair ? end - 1 : end) + ending;
}

/** An error, its causes and what aggregates are made of, each once: 1,000 at most. */
export function* withCauses(error: unknown): Generator<unknown> {
  const seen = new Set<unknown>();
  const next = [error];
  while (next.length > 0 && seen.size < mostCauses) {
    const one = next.pop();
    if (one === undefined || seen.has(one)) continue;
    seen.add(one);
    yield one;
    next.push(propertyOf(one, "cause"), ...partsOf(one, mostCauses).reverse());
  }
}

/** The first parts of an aggregate. */
export function partsOf(error: unknown, most: number): unknown[] {
  const parts = propertyOf(error, "errors");
  const length = Math.min(partCount(error), most);
  return Array.from({ length }, (_, index) => propertyOf(parts, String(index)));
}

/** How many parts an aggregate has; 0 for any other error. */
function partCount(error: unknown): number {
  const parts = propertyOf(error, "errors");
  const length = isArray(parts) ? propertyOf(parts, "length") : 0;
  return typeof length === "number" ? length : 0;
}

/** `Array.isArray`, also for a proxy that was revoked. */
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** A text for what has no message. */
function textOf(value: unknown): string {
  if (value === "") return "an empty text";
  if (typeof value === "function") return `the function ${ownName(value) || "without a name"}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  return ownText(value) ?? written(value, depthWritten);
}

/** What an object says of itself, if it does: not `[object Object]`. Lists and buffers would say all that they hold. */
export function ownText(value: object): string | undefined {
  if (isArray(value) || ArrayBuffer.isView(value)) return undefined;
  try {
    const text = String(value);
    return text === "" || text.includes("[object ") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A value as JSON, as far as it can be read without running code of it. */
function written(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(cut(value, longestMessage / mostWritten));
  if (typeof value === "function") return `"${textOf(value)}"`;
  if (typeof value !== "object" || value === null) return String(value);
  try {
    if (ArrayBuffer.isView(value)) return `"${value.byteLength} bytes"`;
    if (depth === 0) return isArray(value) ? "[...]" : "{...}";
    return isArray(value) ? writtenList(value as readonly unknown[], depth) : writtenProperties(value, depth);
  } catch {
    return "an object that cannot be read";
  }
}

function writtenList(list: readonly unknown[], depth: number): string {
  const length = Math.min(list.length, mostWritten);
  const items = Array.from({ length }, (_, index) => written(dataOf(list, String(index)), depth - 1));
  return `[${[...items, ...(list.length > length ? ["..."] : [])].join(",")}]`;
}

function writtenProperties(value: object, depth: number): string {
  const keys = Object.getOwnPropertyNames(value);
  const told = keys.slice(0, mostWritten).flatMap((key) => {
    // To ask for a stack is to have it made, which runs code of the error.
    const property = key === "stack" ? undefined : dataOf(value, key);
    if (property === undefined) return [];
    return `${JSON.stringify(cut(key, 100))}:${written(property, depth - 1)}`;
  });
  if (told.length === 0 && Object.hasOwn(value, "stack")) {
    return `${nameOf(value)}, whose message cannot be read`;
  }
  return `{${[...told, ...(keys.length > mostWritten ? ["..."] : [])].join(",")}}`;
}

/** A property's value; undefined for one that a getter would have to tell. */
const dataOf = (value: object, key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;

const ownName = (value: object): string => {
  const name = dataOf(value, "name");
  return typeof name === "string" ? name : "";
};
