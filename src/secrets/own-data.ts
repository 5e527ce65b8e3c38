import { inspect, types } from "node:util";

// How an object of somebody else's is read without running code of it: no getter, no proxy's trap, no `toJSON`.

/** How far up its prototypes an object is read. */
const mostPrototypes = 10;

/** A property as an object defines it; undefined where it has none. */
export function ownProperty(value: object, key: PropertyKey): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(value, key);
  } catch {
    // A stack is made when it is first asked for, of a message that may throw.
    return undefined;
  }
}

/** A property as it is defined, by the object or by what it inherits from. */
function propertyIn(value: object, key: PropertyKey): PropertyDescriptor | undefined {
  let holder: object | null = value;
  for (let level = 0; holder !== null && level < mostPrototypes; level += 1) {
    if (types.isProxy(holder)) return undefined;
    const descriptor = ownProperty(holder, key);
    if (descriptor) return descriptor;
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

/** A property's value; undefined for one that a getter would have to tell. */
export const dataIn = (value: object, key: PropertyKey): unknown => propertyIn(value, key)?.value;

/** The name of an object's class. */
export function classNameOf(value: object): string | undefined {
  const itsClass = dataIn(value, "constructor");
  const name = typeof itsClass === "function" ? dataIn(itsClass, "name") : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Whether it is made of braces or by `Object.create(null)`, in any realm. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return true;
  return (
    !types.isProxy(prototype) &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, "isPrototypeOf")
  );
}

/** Whether code of its own says what `inspect`, `JSON.stringify` or `String` make of it. */
export function speaksForItself(value: object): boolean {
  if (propertyIn(value, "toJSON") || propertyIn(value, inspect.custom)) return true;
  const toText = propertyIn(value, "toString");
  return toText !== undefined && toText.value !== Error.prototype.toString && !isNative(toText.value);
}

/** Whether reading it runs code that is not the platform's. */
export function isForeignGetter(value: object, key: PropertyKey): boolean {
  const get = propertyIn(value, key)?.get;
  return get !== undefined && !isNative(get) && !isOfDomException(get, key);
}

/** Such as what an `AbortSignal` gives as its reason. */
export const isDomException = (value: object): boolean =>
  isOfDomException(propertyIn(value, "message")?.get, "message");

const isNative = (value: unknown): boolean =>
  typeof value === "function" && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));

const isOfDomException = (get: unknown, key: PropertyKey): boolean =>
  get !== undefined && get === Object.getOwnPropertyDescriptor(DOMException.prototype, key)?.get;
