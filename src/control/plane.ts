import type { PluginItem } from "../definition/plugin-item.ts";
import type { PluginType } from "../definition/plugin-type.ts";
import type { State } from "../following/state.ts";
import type { Registry } from "../registry/registry.ts";
import type { EventName, Listener } from "../runtime/events.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { Written } from "../store/writing/change-work.ts";

/** What the control plane asks of the data plane. */
export interface Plane {
  readonly snapshot: Snapshot;
  readonly state: State;
  readonly registry: Registry;
  readiness(item: PluginItem): Readiness;
  selected<Args extends readonly unknown[]>(
    type: PluginType<object, Args>,
    ...args: Args
  ): PluginItem | undefined;
  /** Takes over all that changed. */
  refresh(): Promise<void>;
  /** As `refresh`, after what this process has written itself. */
  take(written: Written): Promise<void>;
  /** Takes over what changed, as far as that is done within a moment. */
  catchUp(): Promise<void>;
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
}
