import { describePlugin } from "../definition/describe.ts";
import { InvalidTokenError } from "../definition/errors.ts";
import { isPlugin } from "../definition/plugin.ts";
import { type AnyPluginType, isPluginType } from "../definition/plugin-type.ts";
import { SelectorMismatchError, UnknownTypeError } from "./errors.ts";
import type { Registry } from "./registry.ts";

/**
 * The registered type that a call's token stands for: the token itself, or the type of its identity.
 *
 * @throws InvalidTokenError, UnknownTypeError
 */
export function registeredType(registry: Registry, token: AnyPluginType): AnyPluginType {
  checkTypeToken(token);
  const type = registry.type(token);
  if (type === undefined) throw new UnknownTypeError(token);
  return type;
}

/** @throws InvalidTokenError when it is no token of a plugin type */
export function checkTypeToken(token: unknown): void {
  if (!isPluginType(token)) throw new InvalidTokenError(token, `no plugin type; ${hintFor(token)}`);
}

/**
 * As `registeredType`, for a call that selects: by the registration's selector, which the call's arguments are for.
 *
 * @throws SelectorMismatchError; and as `registeredType`
 */
export function selectingType(registry: Registry, token: AnyPluginType): AnyPluginType {
  const type = registeredType(registry, token);
  if ((token.selector === undefined) !== (type.selector === undefined))
    throw new SelectorMismatchError(token);
  return type;
}

function hintFor(value: unknown): string {
  if (value === undefined)
    return "was the module that declares it loaded yet? Modules that import each other may see undefined";
  if (isPlugin(value)) return `it is ${describePlugin(value)}: give the type that it is for`;
  return "give the token that definePluginType made";
}
