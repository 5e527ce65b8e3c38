import { jsonSchemaOf } from "../../definition/json-schema.ts";
import type { Plugin } from "../../definition/plugin.ts";
import type { PluginInfo } from "../contract/contract.ts";

/** Made once for each plugin: large ones take a while. */
const schemas = new WeakMap<Plugin, PluginInfo["schema"]>();

export function presentPlugin(plugin: Plugin): PluginInfo {
  const { module, name, description, status, priority, secrets, check } = plugin;
  const schema = schemas.get(plugin) ?? schemaOf(plugin);
  schemas.set(plugin, schema);
  return { module, name, description, status, priority, schema, secrets, checkable: check !== undefined };
}

/** As JSON can say it: a schema that contains itself, say, is as good as none. */
function schemaOf({ config }: Plugin): PluginInfo["schema"] {
  const schema = config && jsonSchemaOf(config);
  try {
    return schema === undefined ? null : (JSON.parse(JSON.stringify(schema)) as PluginInfo["schema"]);
  } catch {
    return null;
  }
}
