import { hasPlugin, hasType, type KnownPlugins, knownPlugins } from "../store/known-plugins.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";
import type { HoldingProcess, LivingProcess } from "./sync-plan.ts";

/** The processes that have a type or plugin in their code, under any of its names. */
export class Holders {
  /** By what they have: processes of the same code are asked once. */
  readonly #processes = new Map<KnownPlugins, HoldingProcess[]>();

  constructor(living: readonly LivingProcess[]) {
    for (const { id, host, pid, version, plugins } of living) {
      const known = knownPlugins(plugins);
      const alike = this.#processes.get(known) ?? [];
      this.#processes.set(known, alike);
      alike.push({ id, host, pid, version });
    }
  }

  ofType(type: TypeRow): readonly HoldingProcess[] {
    return this.#where((known) => hasType(known, type));
  }

  ofItem(type: TypeRow, item: ItemRow): readonly HoldingProcess[] {
    return this.#where((known) => hasPlugin(known, type, item));
  }

  #where(has: (known: KnownPlugins) => boolean): readonly HoldingProcess[] {
    return [...this.#processes].flatMap(([known, processes]) => (has(known) ? processes : []));
  }
}
