import type { ConfigIssue } from "../definition/config-issue.ts";
import type { JsonValue } from "../definition/plugin-item.ts";
import { messageOf } from "../thrown.ts";
import { valueAt } from "./config-path.ts";
import type { KeyRing } from "./key-ring.ts";
import { replaceSealed, sealedConfig } from "./shown-config.ts";

/** A config with its secrets in clear: for schemas, `create` and `migrateConfig`, and for nobody else. */
export interface OpenedConfig {
  readonly config: JsonValue;
  /** The values of the secrets, to be kept out of messages. */
  readonly secrets: readonly string[];
  /** The secrets that cannot be read; in the config, they are null. */
  readonly issues: readonly ConfigIssue[];
}

const noSecrets: readonly string[] = [];

/** Decrypts an item's config. `fields` are its secret fields: one that stands in clear there is a secret too. */
export function openConfig(
  { id, config }: { readonly id: string; readonly config: JsonValue },
  fields: readonly string[],
  keys: KeyRing,
): OpenedConfig {
  const sealed = sealedConfig(config);
  if (sealed === config && fields.length === 0) return { config, secrets: noSecrets, issues: [] };
  const secrets: string[] = [];
  const issues: ConfigIssue[] = [];
  const opened = replaceSealed(sealed, (secret, path) => {
    try {
      const text = keys.open(secret, { itemId: id, path });
      secrets.push(text);
      return text;
    } catch (error) {
      issues.push({ path, message: messageOf(error) });
      return null;
    }
  });
  for (const field of fields) {
    const value = valueAt(sealed, field);
    if (typeof value === "string") secrets.push(value);
  }
  return { config: opened, secrets, issues };
}
