import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import { PairMap } from "../definition/pair-map.ts";
import type { KnownPlugin } from "./process-row.ts";

/** The plugins that a process has in its code, by type, then by module and name. */
export type KnownPlugins = PairMap<PairMap<true>>;

/** What has names, and former ones. */
type Named<Identity> = Identity & { readonly aliases?: readonly Identity[] | undefined };

// Processes of the same code have the same list, and have it for as long as it does not change.
const indexes = new WeakMap<readonly KnownPlugin[], KnownPlugins>();

export function knownPlugins(plugins: readonly KnownPlugin[]): KnownPlugins {
  const indexed = indexes.get(plugins);
  if (indexed) return indexed;
  const index: KnownPlugins = new PairMap();
  for (const { manager, type, module, name } of plugins) {
    const ofType = index.get(manager, type) ?? new PairMap<true>();
    index.set(manager, type, ofType.set(module, name, true));
  }
  indexes.set(plugins, index);
  return index;
}

/** Whether there is a type with plugins under any of its names. */
export const hasType = (known: KnownPlugins, type: Named<TypeIdentity>): boolean =>
  namesOf(type).some(({ manager, name }) => known.get(manager, name) !== undefined);

/** Whether there is a plugin under any of its names, in the type under any of its. */
export const hasPlugin = (
  known: KnownPlugins,
  type: Named<TypeIdentity>,
  plugin: Named<PluginIdentity>,
): boolean =>
  namesOf(type).some(({ manager, name }) => {
    const ofType = known.get(manager, name);
    return ofType && namesOf(plugin).some((one) => ofType.has(one.module, one.name));
  });

const namesOf = <Identity>(named: Named<Identity>): readonly Identity[] => [named, ...(named.aliases ?? [])];
