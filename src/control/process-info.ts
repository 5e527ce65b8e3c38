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

/** Which processes have an item's plugin in their code, and which could not make it ready. */
export function knowledgeOf(item: PluginItem, processes: readonly ProcessRow[]): ProcessKnowledge[] {
  return processes.map((process) => {
    const knows = process.plugins.some(
      ({ manager, type, module, name }) =>
        manager === item.type.manager &&
        type === item.type.name &&
        module === item.module &&
        name === item.name,
    );
    const failure = process.failures.find(({ itemId }) => itemId === item.id)?.message;
    return failure === undefined ? { process, knows } : { process, knows, failure };
  });
}
