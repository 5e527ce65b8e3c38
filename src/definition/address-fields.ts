import type { ErasedOptions } from "./erased-options.ts";
import { InvalidDefinitionError } from "./errors.ts";

/**
 * The fields that say where a config's secrets are sent, where the plugin lists them; undefined where it does not, and
 * they are told by their names and values. @throws InvalidDefinitionError
 */
export function addressFields(
  subject: string,
  { config, addresses }: ErasedOptions,
): readonly string[] | undefined {
  if (addresses === undefined) return undefined;
  if (config === undefined) {
    throw new InvalidDefinitionError(subject, `has "addresses", but no "config" schema`);
  }
  for (const field of addresses) {
    if (typeof field === "string" && !field.split(".").includes("")) continue;
    throw new InvalidDefinitionError(
      subject,
      `has ${JSON.stringify(field)} in "addresses"; write "url" or "smtp.host"`,
    );
  }
  return Object.freeze([...addresses]);
}
