import { definePlugin, definePluginType, type Plugin, type PluginType } from "plugbay";
import type { DeclaredType } from "./setup.ts";

/** What every type of the cluster's tests demands: an implementation knows which item it was made for. */
export interface Served {
  itemId(): string;
}

export interface Defined {
  readonly types: ReadonlyMap<string, PluginType<Served>>;
  readonly plugins: readonly Plugin[];
}

export function define(declared: readonly DeclaredType[]): Defined {
  const types = new Map<string, PluginType<Served>>();
  const plugins: Plugin[] = [];
  for (const { name, aliases = [], plugins: ofType } of declared) {
    const type = definePluginType<Served>({
      name,
      manager: "test/cluster",
      aliases,
      methods: { itemId: "required" },
    });
    types.set(name, type);
    for (const { fails, ...plugin } of ofType) {
      plugins.push(
        definePlugin(type, {
          module: "test/cluster",
          ...plugin,
          create: ({ item }) => {
            if (fails !== undefined) throw new Error(fails);
            return { itemId: () => item.id };
          },
        }),
      );
    }
  }
  return { types, plugins };
}
