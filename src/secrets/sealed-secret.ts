import type { JsonValue } from "../definition/plugin-item.ts";

/**
 * A secret as the database has it, in the place of the text that it is. `$secret` is
 * `v1.<key id>.<initialization vector>.<ciphertext and tag>`, the last two in base64url.
 */
export interface SealedSecret {
  readonly $secret: string;
  /** When it was set, ISO 8601. Stays over a rotation of keys; no two values of one field have the same. */
  readonly at: string;
  /** Tells values of one field apart; keyed, so that nobody without the key can try values. */
  readonly fingerprint: string;
}

/** A secret as everybody sees it. */
export interface ShownSecret {
  readonly secret: "set";
  readonly at: string;
  readonly fingerprint: string;
}

/** Where a secret belongs; in another place it cannot be read. */
export interface SecretPlace {
  readonly itemId: string;
  /** The keys from the top of the config to the field. */
  readonly path: readonly string[];
}

/** The parts of `$secret`; undefined where it has another form. */
export function partsOf($secret: string): { keyId: string; iv: Buffer; sealed: Buffer } | undefined {
  const [version, keyId, iv, sealed, ...rest] = $secret.split(".");
  if (version !== "v1" || !keyId || !iv || !sealed || rest.length > 0) return undefined;
  return { keyId, iv: Buffer.from(iv, "base64url"), sealed: Buffer.from(sealed, "base64url") };
}

export const isSealed = (value: JsonValue | undefined): value is JsonValue & SealedSecret =>
  isObject(value) && typeof value.$secret === "string";

/** Whether somebody hands back what they were shown. */
export const isShown = (value: JsonValue | undefined): boolean =>
  isObject(value) && value.secret === "set" && typeof value.fingerprint === "string";

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
