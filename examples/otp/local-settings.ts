import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { localSettingsPath } from "./settings.ts";

/**
 * What the example keeps beside its database: the key of the secrets in there, which a deployment has in
 * PLUGBAY_KEYS, and what its own servers ask of those who send through them.
 */
export interface LocalSettings {
  readonly keys: string;
  readonly user: string;
  readonly password: string;
  readonly token: string;
  /** Where the servers listened the last time; 0 for any free port. */
  readonly ports: { readonly smtp: number; readonly gateway: number };
}

/** Those of the last start, or new ones. */
export function readLocalSettings(): LocalSettings {
  try {
    return JSON.parse(readFileSync(localSettingsPath, "utf8")) as LocalSettings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const settings = {
    keys: `demo:${randomBytes(32).toString("base64")}`,
    user: "demo",
    password: randomBytes(9).toString("base64url"),
    token: randomUUID(),
    ports: { smtp: 0, gateway: 0 },
  };
  saveLocalSettings(settings);
  return settings;
}

export function saveLocalSettings(settings: LocalSettings): void {
  mkdirSync(dirname(localSettingsPath), { recursive: true });
  writeFileSync(localSettingsPath, JSON.stringify(settings, null, 2), { mode: 0o600 });
}
