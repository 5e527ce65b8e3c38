import type { Plugin } from "../../definition/plugin.ts";
import type { JsonValue, PluginItem } from "../../definition/plugin-item.ts";
import type { Registry } from "../../registry/registry.ts";
import { valueAt, withValueAt } from "../../secrets/config-path.ts";
import { isShown } from "../../secrets/sealed-secret.ts";
import { replaceSealed, sealedConfig } from "../../secrets/shown-config.ts";
import { compareText } from "../../selection/order.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";
import type { DocumentItem, ItemsDocument } from "./items-document.ts";
import { escapeReferences } from "./references.ts";
import { type SecretField, variableNames } from "./variable-names.ts";

/** Which items `exportItems` writes, and what it writes in place of secrets. */
export interface ExportOptions {
  /** The id of the one type to be exported. Default: all. */
  readonly typeId?: string | undefined;
  /**
   * `omit`, the default, leaves secrets out, so that an import keeps those that are there; `env` writes
   * each as a reference to a variable of the environment, such as `${PLUGBAY_STRIPE_EU_TOKEN}`.
   */
  readonly secrets?: "omit" | "env" | undefined;
}

/**
 * The items in use whose plugins are registered, in an order that depends on their names alone. Never a secret:
 * nothing is decrypted.
 */
export function exportItems(
  { types }: Snapshot,
  registry: Registry,
  { typeId, secrets = "omit" }: ExportOptions,
): ItemsDocument {
  const sources = [...types.values()]
    .filter(({ row }) => (typeId === undefined || row.id === typeId) && registry.type(row) !== undefined)
    .sort((one, other) => compareType(one, other))
    .map((type) => ({ row: type.row, items: itemsOf(type, registry) }))
    .filter(({ items }) => items.length > 0 || typeId !== undefined);
  const fields = new Map(sources.flatMap(({ items }) => items).map((one) => [one.item, secretsOf(one)]));
  const names: ReadonlyMap<SecretField, string> =
    secrets === "env" ? variableNames([...fields.values()].flat()) : new Map();
  return {
    plugbay: 1,
    types: sources.map(({ row, items }) => ({
      manager: row.manager,
      name: row.name,
      items: items.map((source) =>
        present(source, configOf(source.item, fields.get(source.item) ?? [], names)),
      ),
    })),
  };
}

interface Source {
  readonly item: PluginItem;
  readonly plugin: Plugin;
}

function itemsOf({ row, items }: TypeSnapshot, registry: Registry): Source[] {
  return items
    .flatMap((item) => {
      const plugin = registry.plugin(row, item.module, item.name);
      return plugin && item.retiredAt === null ? [{ item, plugin }] : [];
    })
    .sort(
      ({ item: one }, { item: other }) =>
        compareText(one.module, other.module) ||
        compareText(one.name, other.name) ||
        compareText(one.label, other.label),
    );
}

/** The config with references, or nothing, in the place of its secrets. */
function configOf(
  { config }: PluginItem,
  secrets: readonly SecretField[],
  names: ReadonlyMap<SecretField, string>,
): JsonValue {
  return secrets.reduce((config, secret) => {
    const name = names.get(secret);
    return withValueAt(config, secret.field, name && `\${${name}}`);
  }, escapeReferences(config));
}

/** No label, no config and the present version need no saying. */
function present({ item, plugin }: Source, config: JsonValue): DocumentItem {
  const { module, name, label, status, priority, description, configVersion, managed } = item;
  return {
    module,
    name,
    ...(label !== "" && { label }),
    status,
    priority,
    description,
    ...(config !== null && { config }),
    ...(config !== null && configVersion !== plugin.configVersion && { configVersion }),
    ...(managed && { managed }),
  };
}

/** The secrets that an item has: those that are encrypted, and those that only its plugin knows to be some. */
function secretsOf({ item, plugin }: Source): SecretField[] {
  const fields = new Set<string>();
  replaceSealed(sealedConfig(item.config), (_, path) => {
    fields.add(path.join("."));
    return null;
  });
  for (const field of plugin.secrets) if (isShown(valueAt(item.config, field))) fields.add(field);
  return [...fields].map((field) => ({ item, field }));
}

const compareType = ({ row: one }: TypeSnapshot, { row: other }: TypeSnapshot): number =>
  compareText(one.manager, other.manager) || compareText(one.name, other.name);
