import { checkKnown } from "../definition/known-options.ts";
import { messageOf } from "../thrown.ts";
import { ConfigError } from "./errors.ts";

/** Refuses options of the config file that there are not. @throws ConfigError */
export function checkNames(
  file: string,
  section: string,
  options: object,
  names: Readonly<Record<string, true>>,
): void {
  try {
    checkKnown(section, options, names);
  } catch (error) {
    throw new ConfigError(`${file}: ${messageOf(error)}`, { cause: error });
  }
}
