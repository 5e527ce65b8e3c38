import { type AnyPluginType, definePlugin, definePluginType, type Plugin, type PluginType } from "plugbay";

export interface Echo {
  echo(text: string): string;
}

class EchoPlugin implements Echo {
  echo(text: string): string {
    return text;
  }
}

export interface Definitions {
  readonly types: readonly PluginType<Echo>[];
  readonly all: readonly (AnyPluginType | Plugin)[];
}

/** `typeCount` types with `itemCount / typeCount` plugins each. */
export function makeDefinitions(typeCount: number, itemCount: number): Definitions {
  const types: PluginType<Echo>[] = [];
  const plugins: Plugin[] = [];
  for (let typeIndex = 0; typeIndex < typeCount; typeIndex += 1) {
    const type = definePluginType<Echo>({
      name: `type-${typeIndex}`,
      manager: `apps/manager-${typeIndex % 20}`,
      description: "Gives back what it is given",
      methods: { echo: "required" },
    });
    types.push(type);
    for (let index = 0; index < itemCount / typeCount; index += 1) {
      plugins.push(
        definePlugin(type, {
          name: `provider-${index}`,
          module: `modules/module-${index % 50}`,
          priority: (index * 37) % 1_000,
          description: `Provider number ${index} of its type`,
          class: EchoPlugin,
        }),
      );
    }
  }
  return { types, all: [...types, ...plugins] };
}
