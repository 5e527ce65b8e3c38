import type { TypeIdentity } from "../../definition/identity.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";
import { hasPlugin, type KnownPlugins, knownPlugins } from "../../store/known-plugins.ts";
import type { ProcessRow } from "../../store/process-row.ts";

/** A process that serves from this namespace, as it last said. */
export type ProcessInfo = ProcessRow;

/** What a process knows of an item's plugin. */
export interface ProcessKnowledge {
  /** The process, as it last described itself. */
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
  const type = { ...item.type, aliases: typeAliases };
  return processes.map((process) => {
    const knows = hasPlugin(knownPlugins(process.plugins), type, item);
    const failure = process.troubles.find(({ itemId, state }) => itemId === item.id && state === "failed");
    return failure ? { process, knows, failure: failure.message ?? "" } : { process, knows };
  });
}

/** The items in use whose plugins a process does not have in its code. */
export function missesOf({ plugins }: ProcessRow, snapshot: Snapshot): readonly PluginItem[] {
  const known = missed.get(plugins);
  if (known?.snapshot === snapshot) return known.items;
  const index = knownPlugins(plugins);
  const items = [...snapshot.types.values()].flatMap((type) => missesOfType(type, index));
  missed.set(plugins, { snapshot, items });
  return items;
}

function missesOfType({ row, items }: TypeSnapshot, known: KnownPlugins): PluginItem[] {
  return items.filter((item) => isInUse(item) && !hasPlugin(known, row, item));
}

const missed = new WeakMap<
  ProcessRow["plugins"],
  { readonly snapshot: Snapshot; readonly items: readonly PluginItem[] }
>();
