import type { ErasedOptions } from "./erased-options.ts";
import { InvalidDefinitionError } from "./errors.ts";
import { markedSecrets } from "./marked-secrets.ts";

const noSecrets: readonly string[] = Object.freeze([]);

/** The secret fields of a config, those that its schema marks and those that the plugin lists. @throws InvalidDefinitionError */
export function secretFields(subject: string, { config, secrets = [] }: ErasedOptions): readonly string[] {
  if (config === undefined) {
    if (secrets.length === 0) return noSecrets;
    throw new InvalidDefinitionError(subject, `has "secrets", but no "config" schema`);
  }
  const marked = markedSecrets(config);
  const misplaced = marked.find(({ kind }) => kind === "misplaced");
  if (misplaced) {
    throw new InvalidDefinitionError(
      subject,
      `marks "${misplaced.field}" as a secret; a secret is a field that keys alone lead to, not in a list or a record`,
    );
  }
  for (const field of secrets) {
    if (typeof field !== "string" || field.split(".").includes("")) {
      throw new InvalidDefinitionError(
        subject,
        `has ${JSON.stringify(field)} in "secrets"; write "token" or "smtp.password"`,
      );
    }
  }
  const fields = [...new Set([...secrets, ...marked.map(({ field }) => field)])];
  const outer = fields.find((field) => fields.some((other) => other.startsWith(`${field}.`)));
  if (outer !== undefined) {
    throw new InvalidDefinitionError(
      subject,
      `has the secret "${outer}", and another one inside it; a secret is a text`,
    );
  }
  return Object.freeze(fields);
}
