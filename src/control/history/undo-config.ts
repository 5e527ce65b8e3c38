import type { JsonValue } from "../../definition/plugin-item.ts";
import { valueAt, withValueAt } from "../../secrets/config-path.ts";
import { isShown } from "../../secrets/sealed-secret.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { ConfigurablePlugin } from "../config/configurable.ts";

/** What becomes of a config when a change of it is reverted. */
export type ConfigUndo =
  | {
      readonly kind: "possible";
      /** As somebody would send it. */
      readonly config: JsonValue;
      /** The secrets that the change replaced. They stay: the history keeps no values of secrets. */
      readonly keptSecrets: readonly string[];
      /** Whether the change was of nothing else. */
      readonly isVain: boolean;
    }
  | { readonly kind: "impossible"; readonly why: "config" | "secrets"; readonly problem: string };

const impossible = (why: "config" | "secrets", problem: string): ConfigUndo => ({
  kind: "impossible",
  ...{ why, problem },
});

/** For an entry that tells of a change of a config, as the plugin's code reads it now. */
export function undoConfig({ before, after }: AuditEntry, plugin: ConfigurablePlugin): ConfigUndo {
  const from = before?.config ?? null;
  const to = after?.config ?? null;
  const version = versionOf(before);
  if (from !== null && version !== plugin.configVersion) {
    return impossible(
      "config",
      `the config before was written for version ${version} of the plugin's configs, which is at ${plugin.configVersion} now`,
    );
  }
  const keptSecrets: string[] = [];
  let config = from;
  let sent = from;
  for (const field of plugin.secrets) {
    const was = valueAt(from, field);
    const is = valueAt(to, field);
    if (isShown(was)) {
      if (is === undefined)
        return impossible(
          "secrets",
          `it took away the secret "${field}", whose value the history does not keep`,
        );
      if (secretId(was) === secretId(is)) continue;
      keptSecrets.push(field);
      config = withValueAt(config, field, is);
    } else if ((was ?? "") === "" && isShown(is)) sent = withValueAt(sent, field, null);
  }
  const others = plugin.secrets.reduce((rest, field) => withValueAt(rest, field, undefined), from);
  if (hasSecret(others))
    return impossible("secrets", "it was of secrets that the plugin's code no longer knows");
  return { kind: "possible", config: sent, keptSecrets, isVain: isSameShown(config, to, plugin.secrets) };
}

/** Whether two configs, as they are shown, say the same: a rotation of keys gives a secret another fingerprint. */
export const isSameShown = (
  one: JsonValue | undefined,
  other: JsonValue | undefined,
  secrets: readonly string[],
): boolean => textOf(one ?? null, secrets) === textOf(other ?? null, secrets);

const textOf = (config: JsonValue, secrets: readonly string[]): string =>
  JSON.stringify(
    secrets.reduce((rest, field) => {
      const value = valueAt(rest, field);
      return isShown(value) ? withValueAt(rest, field, secretId(value)) : rest;
    }, config),
  );

/** What tells the values that a secret had: no two were set at the same time. */
const secretId = (secret: JsonValue | undefined): JsonValue => valueAt(secret, "at") ?? null;

/** The history tells the version where it is not 1. */
const versionOf = (fields: AuditEntry["before"]): JsonValue => fields?.configVersion ?? 1;

const hasSecret = (value: JsonValue): boolean =>
  isShown(value) || (typeof value === "object" && value !== null && Object.values(value).some(hasSecret));
