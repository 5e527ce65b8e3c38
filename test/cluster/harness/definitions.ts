import { definePlugin, definePluginType, type Plugin, type PluginType } from "plugbay";
import type { DeclaredType } from "./setup.ts";

/** What every type of the cluster's tests demands: an implementation knows what it was made for and by. */
export interface Served {
  itemId(): string;
  /** The name that the plugin has in this process's code. */
  plugin(): string;
}

export interface Defined {
  readonly types: ReadonlyMap<string, PluginType<Served>>;
  readonly plugins: readonly Plugin[];
}

export function define(declared: readonly DeclaredType[]): Defined {
  const types = new Map<string, PluginType<Served>>();
  const plugins: Plugin[] = [];
  for (const { name, aliases = [], plugins: ofType, policy = {} } of declared) {
    const type = definePluginType<Served>({
      name,
      manager: "test/cluster",
      aliases,
      policy,
      methods: { itemId: "required", plugin: "required" },
    });
    types.set(name, type);
    for (const { fails, ...plugin } of ofType) {
      plugins.push(
        definePlugin(type, {
          module: "test/cluster",
          ...plugin,
          create: ({ item }) => {
            if (fails !== undefined) throw new Error(fails);
            return { itemId: () => item.id, plugin: () => plugin.name };
          },
        }),
      );
    }
  }
  return { types, plugins };
}
