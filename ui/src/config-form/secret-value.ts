import type { JsonValue } from "../../../src/definition/plugin-item.ts";
import { type DraftValue, isJsonObject, valueAt, withMember } from "../json.ts";

/** A secret as the server shows it. `at` and `fingerprint` are empty where nothing is known but that it is set. */
export interface ShownSecret {
  readonly secret: "set";
  readonly at: string;
  readonly fingerprint: string;
}

export const isShownSecret = (value: unknown): value is ShownSecret & JsonValue =>
  isJsonObject(value) &&
  value.secret === "set" &&
  typeof value.at === "string" &&
  typeof value.fingerprint === "string";

/** What stands in text for a secret that was typed and is not saved yet. */
const typedSecret = { secret: "typed" } as const;

const isTypedSecret = (value: unknown): boolean => isJsonObject(value) && value.secret === "typed";

/** The config with the typed secrets covered: what was typed is not shown again. */
export function coverTyped(config: DraftValue, secrets: readonly string[]): DraftValue {
  return secrets.reduce(
    (covered, field) =>
      typeof secretAt(config, field) === "string"
        ? withValueAt(covered, field.split("."), typedSecret)
        : covered,
    config,
  );
}

/** The config with the secrets back in the places that `coverTyped` covered. */
export function uncoverTyped(config: DraftValue, secrets: readonly string[], before: DraftValue): DraftValue {
  return secrets.reduce(
    (uncovered, field) =>
      isTypedSecret(secretAt(config, field))
        ? withValueAt(uncovered, field.split("."), secretAt(before, field))
        : uncovered,
    config,
  );
}

/** The config without the secrets that are blank: they say nothing. */
export function withoutBlankSecrets(config: DraftValue, secrets: readonly string[]): DraftValue {
  return secrets.reduce(
    (rest, field) => (secretAt(rest, field) === "" ? withValueAt(rest, field.split("."), undefined) : rest),
    config,
  );
}

const secretAt = (config: DraftValue, field: string): DraftValue => valueAt(config, field.split("."));

function withValueAt(config: DraftValue, [key, ...rest]: readonly string[], value: DraftValue): DraftValue {
  if (key === undefined) return value;
  if (!isJsonObject(config)) return config;
  return withMember(config, key, withValueAt(config[key], rest, value));
}
