import { types } from "node:util";
import { isPlugin } from "../definition/plugin.ts";
import { isPluginType } from "../definition/plugin-type.ts";
import { passAs } from "../errors.ts";
import { isError, longestMessage, messageOf, nameOf, ownText, propertyOf, stackOf } from "../thrown.ts";
import { hideAndCut, hideSecrets } from "./mask-text.ts";
import {
  classNameOf,
  dataIn,
  isDomException,
  isForeignGetter,
  isPlain,
  ownProperty,
  speaksForItself,
} from "./own-data.ts";
import { headerFacts, leftOut, responseFacts } from "./response-facts.ts";

/** How many values are looked at in all, how deep, and how many of one list or object. */
const mostValues = 300;
const deepest = 8;
const mostMembers = 40;
/** How many errors are copied: their stacks take the most time. */
const mostErrors = 8;
/** How many characters are looked at of a text, and of the calls that a stack lists. */
const longestText = 1_000;
const longestStack = 6_000;
/** Of a longer text not even the beginning is told: to take a part of it can mean to copy it. */
const longestCut = 100_000;
/** Larger ones take long to write. */
const largestInteger = 2n ** 64n;

/** What any error is read by, be it by a getter. */
const standard: ReadonlySet<PropertyKey> = new Set(["name", "message", "stack", "cause"]);

/** A copy without secrets of what was thrown, made within bounds. */
export class MaskedCopy {
  readonly #secrets: readonly string[];
  readonly #copies = new Map<object, unknown>();
  #left = mostValues;
  #errorsLeft = mostErrors;
  #isSame = true;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** Whether all was looked at and nothing hidden, so that what was thrown can be shown itself. */
  get isSame(): boolean {
    return this.#isSame;
  }

  /** Of what was thrown, the properties are told whatever its class is. */
  ofThrown(thrown: unknown): unknown {
    if (typeof thrown === "string") return this.#text(thrown, longestMessage);
    if (typeof thrown !== "object" || thrown === null) return this.#of(thrown, 0);
    if (types.isProxy(thrown)) {
      return isError(thrown) ? this.#ofError(thrown, 0) : this.#without("a proxy");
    }
    if (ArrayBuffer.isView(thrown)) return this.#without(`${thrown.byteLength} bytes`);
    if (Array.isArray(thrown)) return this.#of(thrown, 0);
    if (!isPlain(thrown) && isErrorObject(thrown)) return this.#ofError(thrown, 0);
    // What an instance of a class keeps elsewhere, as a `Map` does, is not seen.
    if (!isPlain(thrown)) this.#isSame = false;
    const properties = this.#ofProperties(thrown, {}, 0);
    const text = isError(thrown) ? undefined : ownText(thrown);
    return text === undefined ? properties : this.#text(text, longestMessage);
  }

  #of(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "object":
        return value === null ? null : this.#ofObject(value, depth);
      case "function":
        return this.#ofFunction(value);
      case "bigint":
        if (value > largestInteger || value < -largestInteger) return this.#without("a large number");
        return this.#ofPrimitive(value);
      case "number":
      case "symbol":
        return this.#ofPrimitive(value);
      default:
        return value;
    }
  }

  #ofPrimitive(value: number | bigint | symbol): unknown {
    const text = String(value);
    const told = this.#text(text);
    return told === text ? value : told;
  }

  #ofFunction(value: object): string {
    const name = dataIn(value, "name");
    const isBare = !types.isProxy(value) && Reflect.ownKeys(value).every((key) => ofEveryFunction.has(key));
    if (!isBare) this.#isSame = false;
    return this.#text(`[function ${typeof name === "string" ? name : ""}]`);
  }

  #ofObject(value: object, depth: number): unknown {
    if (this.#copies.has(value)) return this.#copies.get(value);
    if (types.isProxy(value)) return this.#without("a proxy");
    this.#left -= 1;
    if (depth > deepest || this.#left < 0) return this.#without("more");
    if (Array.isArray(value)) return this.#ofList(value, depth);
    if (isPlain(value)) return isDefinition(value) ? value : this.#ofProperties(value, {}, depth);
    if (types.isDate(value) && Reflect.ownKeys(value).length === 0) return new Date(value);
    if (isErrorObject(value)) return this.#ofError(value, depth);
    return this.#without(classNameOf(value) ?? "an object");
  }

  #ofList(list: readonly unknown[], depth: number): unknown[] {
    const copy: unknown[] = [];
    this.#copies.set(list, copy);
    const length = Math.min(list.length, mostMembers);
    for (let index = 0; index < length; index += 1) copy.push(this.#of(dataIn(list, index), depth + 1));
    if (list.length > length) copy.push(this.#without(`${list.length - length} more`));
    else if (Reflect.ownKeys(list).length !== length + 1 || speaksForItself(list)) this.#isSame = false;
    return copy;
  }

  #ofProperties<Copy extends object>(value: object, copy: Copy, depth: number): Copy {
    this.#copies.set(value, copy);
    if (this.#isSame && speaksForItself(value)) this.#isSame = false;
    const isAnError = copy instanceof Error;
    const keys = Reflect.ownKeys(value);
    if (keys.length > mostMembers) this.#isSame = false;
    for (const key of keys.slice(0, mostMembers)) {
      if (isAnError && standard.has(key)) continue;
      const property = ownProperty(value, key);
      const name = typeof key === "string" ? this.#text(key) : key;
      if (property === undefined || property.get || property.set || this.#isTold(key)) {
        this.#isSame = false;
        continue;
      }
      const told = this.#ofProperty(key, property.value, depth + 1);
      define(copy, name, told, property.enumerable);
    }
    return copy;
  }

  /** Whether a symbol tells a secret, which it cannot be rid of. */
  #isTold(key: PropertyKey): boolean {
    return typeof key === "symbol" && hideSecrets(String(key), this.#secrets) !== String(key);
  }

  #ofProperty(key: PropertyKey, value: unknown, depth: number): unknown {
    if (typeof value !== "object" || value === null) return this.#of(value, depth);
    if (leftOut.has(key)) return this.#without(String(key));
    if (key !== "response" && key !== "res" && key !== "headers") return this.#of(value, depth);
    this.#isSame = false;
    return this.#of(key === "headers" ? headerFacts(value) : responseFacts(value), depth);
  }

  #ofError(error: object, depth: number): Error | string {
    this.#errorsLeft -= 1;
    if (this.#errorsLeft < 0) return this.#without("another error");
    const name = this.#text(nameOf(error));
    if (typeof propertyOf(error, "name") !== "string") this.#isSame = false;
    const message = propertyOf(error, "message");
    const told =
      typeof message === "string" ? this.#text(message, longestMessage) : this.#oddMessage(error, name);
    const copy = new Error(told);
    this.#copies.set(error, copy);
    if (name !== "Error") define(copy, "name", name, false);
    // Set, not defined: to define it would first make the copy's own stack.
    copy.stack = this.#stack(error, `${name}: ${told}`);
    passAs(copy, error);
    if (!types.isNativeError(error) && !isDomException(error)) this.#isSame = false;
    if (!types.isProxy(error)) this.#ofProperties(error, copy, depth);
    if (this.#isSame) this.#isSame = ![...standard].some((key) => isForeignGetter(error, key));
    for (const key of ["code", "status", "statusCode"]) this.#addInherited(copy, error, key);
    const cause = propertyOf(error, "cause");
    if (cause !== undefined) define(copy, "cause", this.#of(cause, depth + 1), false);
    return copy;
  }

  /** What a class says of all its errors, such as `readonly code` on a prototype. */
  #addInherited(copy: Error, error: object, key: string): void {
    if (Object.hasOwn(copy, key)) return;
    const value = key === "code" ? propertyOf(error, key) : dataIn(error, key);
    if (typeof value === "string" || typeof value === "number") define(copy, key, this.#of(value, 0), true);
  }

  #oddMessage(error: object, name: string): string {
    const message = dataIn(error, "message");
    this.#isSame = false;
    return message === undefined ? `${name}, whose message cannot be read` : messageOf(this.#of(message, 1));
  }

  /** Of a stack that is long because its message is, the calls. */
  #stack(error: object, title: string): string {
    const stack = stackOf(error);
    if (stack === undefined) {
      this.#isSame = false;
      return title;
    }
    if (stack.length <= longestStack) return this.#text(stack, longestStack);
    this.#isSame = false;
    const message = propertyOf(error, "message");
    const start = typeof message === "string" ? message.length : 0;
    const calls = stack.slice(start, start + 2 * longestStack);
    const first = calls.indexOf("\n    at ");
    return first === -1 ? title : title + hideAndCut(calls.slice(first), this.#secrets, longestStack);
  }

  #text(text: string, length = longestText): string {
    if (length === longestText && text.length > longestCut) return this.#without(`${text.length} characters`);
    const told = hideAndCut(text, this.#secrets, length);
    if (told !== text) this.#isSame = false;
    return told;
  }

  #without(what: string): string {
    this.#isSame = false;
    return `[${hideAndCut(what, this.#secrets, 100)} left out]`;
  }
}

const ofEveryFunction: ReadonlySet<PropertyKey> = new Set([
  "length",
  "name",
  "prototype",
  "arguments",
  "caller",
]);

/** Of any realm, be its message unreadable. */
const isErrorObject = (value: object): boolean => types.isNativeError(value) || isError(value);

/** What developers declare is code, and tells nothing of an item's config. */
const isDefinition = (value: object): boolean => isPlugin(value) || isPluginType(value);

function define(copy: object, key: PropertyKey, value: unknown, enumerable = true): void {
  Object.defineProperty(copy, key, { value, enumerable, writable: true, configurable: true });
}
