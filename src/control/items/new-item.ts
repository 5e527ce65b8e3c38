import type { ConfigField, ConfigValue } from "../../definition/config-value.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { Status } from "../../definition/status.ts";
import {
  type PluginByName,
  type PluginByToken,
  type PluginNames,
  pluginNames,
} from "../config/plugin-names.ts";

interface NewItemFields {
  /** Tells it apart from the plugin's other items: 1 to 100 code points. Default: none, for its only item. */
  readonly label?: string | undefined;
  /** Default: the plugin's. */
  readonly status?: Status | undefined;
  /** -32768 to 32767, lower first. Default: the plugin's. */
  readonly priority?: number | undefined;
  /** Default `""`. */
  readonly description?: string | undefined;
}

/** An item to be added to a configurable plugin, which is known by its names. */
export interface NewItem extends NewItemFields, PluginByName {
  /** As the plugin's schema takes it. Default `{}`. */
  readonly config?: ConfigValue | undefined;
}

/** An item to be added to a configurable plugin, whose schema the config is checked by at compile time, too. */
export type NewItemOf<Input> = NewItemFields &
  PluginByToken<Input> &
  ConfigField<
    NoInfer<Input>,
    {
      /** None can be given: the plugin has no schema. */
      readonly config: WithoutSchema;
    }
  >;

/** What the compiler shows for the config of a plugin without a schema. */
type WithoutSchema =
  "The plugin has no schema, so it has one item, and no other can be added. Give definePlugin a schema as `config`.";

/** An item to be added, however its plugin is said. */
export type AnyNewItem = NewItemFields &
  (PluginByName | PluginByToken<unknown>) & { readonly config?: unknown };

/** An item to be added, of a plugin by its names. */
export interface NamedItem extends NewItemFields, PluginNames {
  readonly config?: unknown;
}

const optionNames: OptionNames<NewItem> = {
  type: true,
  module: true,
  name: true,
  plugin: true,
  label: true,
  config: true,
  status: true,
  priority: true,
  description: true,
};

/** An item to be added, by the plugin's names. @throws UnknownOptionError, InvalidTokenError, InvalidOptionError */
export function namedItem(item: AnyNewItem): NamedItem {
  checkKnown("createItem", item, optionNames);
  const { label, config, status, priority, description } = item;
  return { ...pluginNames(item), label, config, status, priority, description };
}
