import { statusInForce } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Registry } from "../registry/registry.ts";

/**
 * Whether an item is out of selection for code with these definitions. What only a sync retired is not, as long
 * as the code has its plugin: a sync speaks for the version of the application that ran it, and this one may be
 * older or newer.
 */
export const isRetired = (item: PluginItem, registry: Registry): boolean =>
  item.retiredAt !== null &&
  (item.retiredBy !== "sync" || registry.plugin(item.type, item.module, item.name) === undefined);

/** Whether an item is active or in reserve, or leads. */
export const isInUse = (item: Pick<PluginItem, "retiredAt" | "status" | "lead">): boolean =>
  item.retiredAt === null && statusInForce(item) !== "disable";
