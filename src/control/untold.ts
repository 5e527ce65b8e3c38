import type { PluginItem } from "../definition/plugin-item.ts";

/** That an item was released, and what the processes know of its failures could not be deleted. */
export const untold = ({ module, name, label, id }: PluginItem): string =>
  `${[module, name, label].filter(Boolean).join("/")} (${id}) was released, but other processes may leave it alone until ` +
  "its cooling ends: what they know of its failures could not be deleted; release it again";
