import type { TypeIdentity } from "../definition/identity.ts";
import { PairMap } from "../definition/pair-map.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Snapshot, TypeSnapshot } from "../selection/snapshot.ts";
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

/** The items in use whose plugins a process does not have in its code. */
export function missesOf({ plugins }: ProcessRow, snapshot: Snapshot): PluginItem[] {
  const known = new PairMap<PairMap<true>>();
  for (const { manager, type, module, name } of plugins) {
    const ofType = known.get(manager, type) ?? new PairMap<true>();
    known.set(manager, type, ofType.set(module, name, true));
  }
  return [...snapshot.types.values()].flatMap((type) => missesOfType(type, known));
}

function missesOfType({ row, items }: TypeSnapshot, known: PairMap<PairMap<true>>): PluginItem[] {
  const types = [row, ...(row.aliases ?? [])].map(({ manager, name }) => known.get(manager, name));
  return items.filter((item) => {
    if (item.retiredAt !== null || item.status === "disable") return false;
    const names = [item, ...(item.aliases ?? [])];
    return !types.some((ofType) => names.some(({ module, name }) => ofType?.has(module, name)));
  });
}
