import type { Plugin } from "../../definition/plugin.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Registry } from "../../registry/registry.ts";

/** What code says of a new item, and operators may change afterwards. */
export const codeFields = ["status", "priority", "description"] as const;

/** A field of an item of which the code of its plugin has a value of its own. */
export type CodeField = (typeof codeFields)[number];

const none: readonly CodeField[] = [];

/** The fields in which an item is not what the code of this process says; none where it has no such plugin. */
export function codeDifferences(item: PluginItem, registry: Registry): readonly CodeField[] {
  const plugin = registry.plugin(item.type, item.module, item.name);
  return plugin !== undefined && differs(item, plugin)
    ? codeFields.filter((field) => item[field] !== plugin[field])
    : none;
}

/** Without an array for each of 100,000 items, most of which are as in code. */
const differs = (item: PluginItem, plugin: Plugin): boolean =>
  codeFields.some((field) => item[field] !== plugin[field]);
