import { InvalidOptionError, UnknownOptionError } from "./errors.ts";
import { nearestName } from "./nearest-name.ts";

type KeyOf<Options> = Options extends unknown ? keyof Options & string : never;

/** Every option of a call, so that the compiler misses none. */
export type OptionNames<Options> = Readonly<Record<KeyOf<Options>, true>>;

/**
 * Refuses options that a call does not have, which without a compiler would be passed over in silence.
 *
 * @param call what has the options, such as `definePlugin`
 * @throws UnknownOptionError, InvalidOptionError
 */
export function checkKnown(call: string, options: object, names: Readonly<Record<string, true>>): void {
  // No `Object.keys`: this is on the way of every `run`.
  for (const option in requireObject(call, options)) {
    if (Object.hasOwn(names, option) || !Object.hasOwn(options, option)) continue;
    const known = Object.keys(names);
    throw new UnknownOptionError(call, option, known, nearestName(option, known));
  }
}

function requireObject(call: string, options: unknown): object {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new InvalidOptionError("options", options, `${call} takes an object of options`);
}
