import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import { PairMap } from "../../definition/pair-map.ts";
import type { Plugin } from "../../definition/plugin.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import type { Registry } from "../../registry/registry.ts";
import type { ItemRow, Rows, TypeRow } from "../../store/rows.ts";
import { findRow } from "../../sync/find-row.ts";
import type { DjangoData, DjangoItemData, DjangoTypeData } from "./django-data.ts";

/** What the code and the rows have of a type of Django's. */
export interface MatchedType {
  readonly data: DjangoTypeData;
  /** undefined where nothing registers it. */
  readonly type: AnyPluginType | undefined;
  readonly row: TypeRow | undefined;
  readonly items: readonly MatchedItem[];
}

/** What they have of an item. */
export interface MatchedItem {
  readonly data: DjangoItemData;
  readonly plugin: Plugin | undefined;
  /** The row with Django's id, else the one of the plugin without a label. */
  readonly row: ItemRow | undefined;
}

/** Finds what is there already: by id, else by name, of which code may declare former ones. */
export function matchRows(data: DjangoData, registry: Registry, rows: Rows): MatchedType[] {
  const types = new Map(rows.types.map((row) => [row.id, row]));
  const items = new Map(rows.items.map((row) => [row.id, row]));
  const typesByName = byName(rows.types, ({ manager, name }) => [manager, name]);
  const registered = byFormerName<TypeIdentity, AnyPluginType>(registry.types(), ({ manager, name }) => [
    manager,
    name,
  ]);
  return data.types.map((one) => {
    const type = registry.type(one) ?? registered.get(one.manager, one.name);
    const row = types.get(one.id) ?? findRow(typesByName, ...typeNames(type ?? one, one));
    const ofType = row === undefined ? [] : rows.items.filter(({ typeId }) => typeId === row.id);
    const unlabelled = ofType.filter(({ label }) => label === "");
    const itemsByName = byName(unlabelled, ({ module, name }) => [module, name]);
    const plugins = type === undefined ? [] : registry.plugins(type);
    const ownPlugins = byName(plugins, ({ module, name }) => [module, name]);
    const formerPlugins = byFormerName<PluginIdentity, Plugin>(plugins, ({ module, name }) => [module, name]);
    const matched = data.items
      .filter((item) => item.type === one)
      .map((item): MatchedItem => {
        const plugin = ownPlugins.get(item.module, item.name) ?? formerPlugins.get(item.module, item.name);
        const named = findRow(itemsByName, ...pluginNames(plugin ?? item, item));
        return { data: item, plugin, row: items.get(item.id) ?? named };
      });
    return { data: one, type, row, items: matched };
  });
}

type Pair = readonly [string, string];

const typeNames = (own: TypeIdentity, django: TypeIdentity): [Pair, Pair[]] => [
  [own.manager, own.name],
  [[django.manager, django.name]],
];

const pluginNames = (own: PluginIdentity, django: PluginIdentity): [Pair, Pair[]] => [
  [own.module, own.name],
  [[django.module, django.name]],
];

function byName<One extends object>(list: readonly One[], nameOf: (one: One) => Pair): PairMap<One> {
  const map = new PairMap<One>();
  for (const one of list) map.set(...nameOf(one), one);
  return map;
}

function byFormerName<Name extends object, One extends { readonly aliases: readonly Name[] }>(
  list: readonly One[],
  nameOf: (name: Name) => Pair,
): PairMap<One> {
  const map = new PairMap<One>();
  for (const one of list) for (const alias of one.aliases) map.set(...nameOf(alias), one);
  return map;
}
