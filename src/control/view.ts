import type { PluginItem } from "../definition/plugin-item.ts";
import type { PluginType } from "../definition/plugin-type.ts";
import type { Fleet } from "../following/fleet.ts";
import type { State } from "../following/state.ts";
import type { Lease } from "../instances/lease.ts";
import type { Registry } from "../registry/registry.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { EventName, Listener } from "../serving/events.ts";
import { NoConnectionError } from "../store/errors.ts";
import type { Written } from "../store/writing/change-work.ts";

/** The items as this process sees them, and how it is brought up to date: all that control asks of the part that reads. */
export interface View {
  /** The items that are served from now; the same object as long as nothing changes. */
  readonly snapshot: Snapshot;
  /** How this process stands with the database. */
  readonly state: State;
  readonly registry: Registry;
  /** What the application's processes say of themselves. */
  readonly fleet: Pick<Fleet, "now" | "recent" | "follow">;
  /** What this process found about an item. */
  readiness(item: PluginItem): Readiness;
  /** Takes into use what this process has made by an item's own config; undefined where it has and keeps nothing. */
  lease(item: PluginItem): Lease | undefined;
  /** Lets an item have calls again in all processes, whatever became of those before. @throws what the database says */
  forgive(item: PluginItem): Promise<void>;
  /** The item that serves a type, for these arguments of its selector. @throws SelectorError */
  selected<Args extends readonly unknown[]>(
    type: PluginType<object, Args>,
    ...args: Args
  ): PluginItem | undefined;
  /** Takes over all that changed. @throws ClosedError, and what the database says */
  refresh(): Promise<void>;
  /** Takes over what this process itself has written. @throws as `refresh` */
  take(written: Written): Promise<void>;
  /** As `refresh`, as far as that is done within 1.5 seconds. */
  catchUp(): Promise<void>;
  /** Calls the listener at each such event, until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
}

/**
 * Brings the view up to date before it is shown. Without a database, or a connection to it, the last snapshot has to do.
 * No writer is waited for.
 */
export async function bringUpToDate(view: View): Promise<void> {
  await view.catchUp().catch((error: unknown) => {
    if (error instanceof NoConnectionError) return;
    const { kind } = view.state;
    if (kind !== "stale" && kind !== "bootstrapped") throw error;
  });
}
