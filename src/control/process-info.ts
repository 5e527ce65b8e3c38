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
  return processes.map((process) => {
    const knows = isKnown(item, types, indexOf(process.plugins));
    const failure = process.failures.find(({ itemId }) => itemId === item.id)?.message;
    return failure === undefined ? { process, knows } : { process, knows, failure };
  });
}

/** The items in use whose plugins a process does not have in its code. */
export function missesOf({ plugins }: ProcessRow, snapshot: Snapshot): readonly PluginItem[] {
  const known = missed.get(plugins);
  if (known?.snapshot === snapshot) return known.items;
  const index = indexOf(plugins);
  const items = [...snapshot.types.values()].flatMap((type) => missesOfType(type, index));
  missed.set(plugins, { snapshot, items });
  return items;
}

function missesOfType({ row, items }: TypeSnapshot, index: PluginIndex): PluginItem[] {
  const types = [row, ...(row.aliases ?? [])];
  return items.filter(
    (item) => item.retiredAt === null && item.status !== "disable" && !isKnown(item, types, index),
  );
}

type Plugins = ProcessRow["plugins"];

/** By type, then by module and name. */
type PluginIndex = PairMap<PairMap<true>>;

// Processes of the same code have the same list, and have it for as long as it does not change.
const indexes = new WeakMap<Plugins, PluginIndex>();
const missed = new WeakMap<Plugins, { readonly snapshot: Snapshot; readonly items: readonly PluginItem[] }>();

function indexOf(plugins: Plugins): PluginIndex {
  const known = indexes.get(plugins);
  if (known) return known;
  const index: PluginIndex = new PairMap();
  for (const { manager, type, module, name } of plugins) {
    const ofType = index.get(manager, type) ?? new PairMap<true>();
    index.set(manager, type, ofType.set(module, name, true));
  }
  indexes.set(plugins, index);
  return index;
}

const isKnown = (item: PluginItem, types: readonly TypeIdentity[], index: PluginIndex): boolean =>
  types.some((type) => {
    const ofType = index.get(type.manager, type.name);
    return [item, ...(item.aliases ?? [])].some(({ module, name }) => ofType?.has(module, name));
  });
