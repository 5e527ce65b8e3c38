import type { PluginItem } from "../../definition/plugin-item.ts";

/** One secret of an item. */
export interface SecretField {
  readonly item: PluginItem;
  /** Such as `smtp.password`. */
  readonly field: string;
}

/** What plugbay itself reads. */
const reserved = ["PLUGBAY_KEYS", "PLUGBAY_AUTH_SECRET"];

/** From the shortest name to the one that says most. */
const spellings: readonly ((secret: SecretField) => readonly string[])[] = [
  ({ item, field }) => [item.name, item.label, field],
  ({ item, field }) => [item.module, item.name, item.label, field],
  ({ item, field }) => [item.type.manager, item.type.name, item.module, item.name, item.label, field],
];

/**
 * A variable of the environment for each secret, such as `PLUGBAY_STRIPE_EU_TOKEN`. Those whose names would
 * be the same are told apart by module, then by type, and at last by numbers.
 */
export function variableNames(secrets: readonly SecretField[]): Map<SecretField, string> {
  const names = new Map<SecretField, string>();
  const taken = new Set(reserved);
  let left = secrets;
  for (const spell of spellings) {
    const wanted = left.map((secret) => variableName(spell(secret)));
    const uses = new Map<string, number>();
    for (const name of wanted) uses.set(name, (uses.get(name) ?? 0) + 1);
    left = left.filter((secret, index) => {
      const name = wanted[index] ?? "";
      if (taken.has(name) || uses.get(name) !== 1) return true;
      names.set(secret, name);
      return false;
    });
    for (const name of names.values()) taken.add(name);
  }
  for (const secret of left) {
    const name = variableName(spellings.at(-1)?.(secret) ?? []);
    let number = 2;
    while (taken.has(`${name}_${number}`)) number += 1;
    taken.add(`${name}_${number}`);
    names.set(secret, `${name}_${number}`);
  }
  return names;
}

const variableName = (parts: readonly string[]): string =>
  ["plugbay", ...parts]
    .map((part) => part.replaceAll(/[^A-Za-z0-9]+/g, "_").replaceAll(/^_|_$/g, ""))
    .filter((part) => part !== "")
    .join("_")
    .toUpperCase();
