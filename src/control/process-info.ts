import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { ProcessRow } from "../store/process-table.ts";

/** A process that serves from this namespace, as it last said. */
export type ProcessInfo = ProcessRow;

/** What a process knows of an item's plugin. */
export interface ProcessKnowledge {
  readonly process: ProcessInfo;
  /** Whether its code has the plugin. */
  readonly knows: boolean;
  /** Why it could not make it ready, if it could not. */
  readonly failure?: string;
}

/**
 * Which processes have an item's plugin in their code, be it under another of its names, and which could
 * not make it ready.
 */
export function knowledgeOf(
  item: PluginItem,
  typeAliases: readonly TypeIdentity[],
  processes: readonly ProcessRow[],
): ProcessKnowledge[] {
  const types = [item.type, ...typeAliases];
  const plugins = [item, ...(item.aliases ?? [])];
  return processes.map((process) => {
    const knows = process.plugins.some(
      (known) =>
        types.some(({ manager, name }) => manager === known.manager && name === known.type) &&
        plugins.some(({ module, name }) => module === known.module && name === known.name),
    );
    const failure = process.failures.find(({ itemId }) => itemId === item.id)?.message;
    return failure === undefined ? { process, knows } : { process, knows, failure };
  });
}
