import { types } from "node:util";
import { propertyOf } from "./thrown.ts";

/** Shared by all copies of this package in a process, so that errors of one copy are known to another. */
const brand = Symbol.for("plugbay.error");

/**
 * What sort of error it is, which says what a caller can do:
 *
 * - `invalid`: what was given cannot be used, whether an argument, a config, a definition or the set-up. Correct it.
 * - `conflict`: what is there does not allow it. Look at it again.
 * - `not-found`: nothing has the id or name that was given.
 * - `forbidden`: the caller may not do it.
 * - `unavailable`: something that is needed is not there now. It may work later.
 * - `timeout`: there was no answer in time. It may work later.
 * - `failed`: a plugin, or something else outside of plugbay, did not work.
 * - `internal`: plugbay itself has a bug.
 *
 * The panel's HTTP status and the command's exit code follow from it.
 */
export type ErrorKind =
  | "invalid"
  | "conflict"
  | "not-found"
  | "forbidden"
  | "unavailable"
  | "timeout"
  | "failed"
  | "internal";

/**
 * Base of every error that plugbay throws. `name`, `code` and `kind` are fixed and safe to compare;
 * the message is for people and may change.
 *
 * @example
 * try { plugbay.require(otp) } catch (error) {
 *   if (error instanceof PlugbayError && error.code === "NO_PLUGIN_AVAILABLE") ...
 * }
 */
export abstract class PlugbayError extends Error {
  /** The name of the class, also in a bundle whose classes were renamed. */
  static readonly errorName: string = "PlugbayError";
  /** The name of the class. Fixed. */
  abstract override readonly name: string;
  /** Which error it is, such as `NO_PLUGIN_AVAILABLE`. Fixed, and no other class has it. */
  abstract readonly code: string;
  /** What sort of error it is, which says what a caller can do. */
  abstract readonly kind: ErrorKind;

  /**
   * Makes `instanceof` hold for the errors of every copy of plugbay in the process: `require` beside `import`
   * may load two.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: each class inherits this, and asks for itself
    return isInstance(value, this);
  }

  /** The names of its class and of those that it extends. @internal */
  get [brand](): readonly string[] {
    const names: string[] = [];
    for (let part: object | null = Object.getPrototypeOf(this); part; part = Object.getPrototypeOf(part)) {
      if (hasErrorName(part.constructor)) names.push(part.constructor.errorName);
    }
    return names;
  }
}

function isInstance(value: unknown, of: object): boolean {
  if (!hasErrorName(of)) return Function.prototype[Symbol.hasInstance].call(of, value);
  return namesOf(value).includes(of.errorName);
}

function namesOf(value: unknown): readonly unknown[] {
  const names = propertyOf(value, brand);
  return types.isProxy(names) || !Array.isArray(names) ? [] : names;
}

/** Makes `instanceof` hold for a copy as it does for the error that it is a copy of. */
export function passAs(copy: object, error: object): void {
  const names = namesOf(error).filter((name) => typeof name === "string");
  if (names.length > 0) Object.defineProperty(copy, brand, { value: names });
}

/** A class of an application that extends one of these has no such name of its own. */
const hasErrorName = (value: unknown): value is { readonly errorName: string } =>
  typeof value === "function" && Object.hasOwn(value, "errorName");
