import { createHash } from "node:crypto";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isShown } from "./sealed-secret.ts";

/** How long it is. */
export const configDigestBytes = 2;

/** Items are frozen, and each has many calls. */
const configDigests = new WeakMap<PluginItem, Buffer>();

/**
 * Tells configs of one item apart. It is so short because a longer one could be tried against guesses at what is in
 * the config: one change in 65,536 goes unnoticed.
 */
export function configDigest(item: PluginItem): Buffer {
  const known = configDigests.get(item);
  if (known !== undefined) return known;
  const made = createHash("sha256")
    .update(JSON.stringify([item.configVersion, item.config], unordered))
    .digest()
    .subarray(0, configDigestBytes);
  configDigests.set(item, made);
  return made;
}

/** The same whatever order a database gives the fields in, and whatever key encrypts a secret. */
function unordered(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { fingerprint, ...fields } = value as Readonly<Record<string, unknown>>;
  const told = isShown(value as PluginItem["config"]) ? fields : value;
  return Object.fromEntries(Object.entries(told).sort(([one], [other]) => (one < other ? -1 : 1)));
}
