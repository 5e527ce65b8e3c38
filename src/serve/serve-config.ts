import type { Config } from "../define-config.ts";
import { checkKnown } from "../definition/known-options.ts";
import type { Registry } from "../registry/registry.ts";
import { messageOf } from "../thrown.ts";
import { ServeConfigError } from "./errors.ts";

/** A config whose definitions have passed the checks of registration. */
export interface ServeConfig extends Config {
  readonly plugins: Registry;
  /** The file that it is from, as messages call it. */
  readonly file: string;
}

/** Refuses options that do not exist. @throws ServeConfigError */
export function checkNames(
  file: string,
  section: string,
  options: object,
  names: Readonly<Record<string, true>>,
): void {
  try {
    checkKnown(section, options, names);
  } catch (error) {
    throw new ServeConfigError(`${file}: ${messageOf(error)}`, { cause: error });
  }
}
