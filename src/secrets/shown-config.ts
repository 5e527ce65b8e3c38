import type { JsonValue } from "../definition/plugin-item.ts";
import { valueAt, withValueAt } from "./config-path.ts";
import { isSealed, partsOf, type SealedSecret, type ShownSecret } from "./sealed-secret.ts";

/** The stored config behind one that is shown. Whoever copies or prints the shown one has no way to it. */
const sealedConfigs = new WeakMap<object, JsonValue>();

/**
 * A config as everybody may see it: of secrets it says that they are set and when. From the store on, all
 * of plugbay carries this; `sealedConfig` has what is to be decrypted or stored. A config without secrets is
 * its own. `fields` are secret fields: what stands there unencrypted is not shown either.
 */
export function showConfig(config: JsonValue, fields: readonly string[] = []): JsonValue {
  const sealed = sealedConfig(config);
  const shown = fields.reduce(coverText, show(sealed));
  if (shown === sealed) return config;
  if (typeof shown === "object" && shown !== null) sealedConfigs.set(shown, sealed);
  return shown;
}

/** The config as it is stored, with secrets encrypted. */
export const sealedConfig = (config: JsonValue): JsonValue =>
  typeof config === "object" && config !== null ? (sealedConfigs.get(config) ?? config) : config;

const textOf = (config: JsonValue): string => JSON.stringify(sealedConfig(config));

/** Whether two configs would be stored alike. */
export const isSameConfig = (one: JsonValue, other: JsonValue): boolean =>
  one === other || textOf(one) === textOf(other);

/** Whether two configs say the same: other than by `isSameConfig`, a secret may be encrypted with another key. */
export function saysTheSame(one: JsonValue, other: JsonValue): boolean {
  if (isSameConfig(one, other)) return true;
  const secrets: SealedSecret[] = [];
  const otherSecrets: SealedSecret[] = [];
  const text = JSON.stringify(withoutSecrets(sealedConfig(one), secrets));
  if (text !== JSON.stringify(withoutSecrets(sealedConfig(other), otherSecrets))) return false;
  return secrets.every((secret, index) => isSameValue(secret, otherSecrets[index]));
}

/** No two values of a field were set at the same time: so with the same time, only the key was changed. */
function isSameValue(one: SealedSecret, other: SealedSecret | undefined): boolean {
  if (one.$secret === other?.$secret) return true;
  return one.at === other?.at && partsOf(one.$secret)?.keyId !== partsOf(other.$secret)?.keyId;
}

function withoutSecrets(config: JsonValue, into: SealedSecret[]): JsonValue {
  return replaceSealed(config, (secret) => {
    into.push(secret);
    return { $secret: secret.at };
  });
}

/** Nothing is known of it but that it is there. */
const unencrypted: JsonValue & ShownSecret = { secret: "set", at: "", fingerprint: "" };

function coverText(config: JsonValue, field: string): JsonValue {
  const value = valueAt(config, field);
  return typeof value === "string" && value !== "" ? withValueAt(config, field, unencrypted) : config;
}

const show = (config: JsonValue): JsonValue =>
  replaceSealed(config, ({ at, fingerprint }): JsonValue & ShownSecret => ({
    secret: "set",
    at,
    fingerprint,
  }));

/** The config with something else for every sealed secret; the config itself where it has none. */
export function replaceSealed(
  config: JsonValue,
  replace: (secret: SealedSecret, path: readonly string[]) => JsonValue,
  path: readonly string[] = [],
): JsonValue {
  if (typeof config !== "object" || config === null) return config;
  if (isSealed(config)) return replace(config, path);
  let isChanged = false;
  const entries = Object.entries(config).map(([key, member]) => {
    const replaced = replaceSealed(member, replace, [...path, key]);
    isChanged ||= replaced !== member;
    return [key, replaced] as const;
  });
  if (!isChanged) return config;
  return Array.isArray(config) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}
