import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";

/** An item, as people are told of it. */
export interface NamedItem extends PluginIdentity {
  readonly id: string;
  readonly type: TypeIdentity;
}

/** A row that gets Django's id. */
export interface NewId {
  readonly entity: "type" | "item";
  readonly type: TypeIdentity;
  /** The item's plugin; null where it is a type. */
  readonly plugin: PluginIdentity | null;
  readonly from: string;
  readonly to: string;
}

export interface DjangoCounts {
  readonly typesCreated: number;
  /** Types that were here, and get Django's id. */
  readonly typesRenumbered: number;
  readonly typesFound: number;
  readonly itemsCreated: number;
  /** Items that were here, and get Django's id and decisions. */
  readonly itemsRenumbered: number;
  readonly itemsUpdated: number;
  readonly itemsFound: number;
  /** Entries that the history gets from Django's. */
  readonly entries: number;
}

/** What taking over from a database of django-plugin-system comes to. */
export interface DjangoPlan {
  /** The revision of the rows that it was made for. */
  readonly revision: number;
  readonly revisionId: string;
  readonly changes: readonly SyncChange[];
  readonly newIds: readonly NewId[];
  readonly counts: DjangoCounts;
  /** Items that were decided on here since they were taken over, and stay as they are. */
  readonly decidedHere: readonly NamedItem[];
  /** Items of plugins that the code does not register: they come in retired. */
  readonly unregistered: readonly NamedItem[];
  /** Items of plugins that need a config, which Django has none of. */
  readonly toConfigure: readonly NamedItem[];
  /** How many entries of Django's history are left out: what they are about is no longer there. */
  readonly entriesLeftOut: number;
  /** Tables of Django's that are not there; without them there is no history, or none of its users' names. */
  readonly missingTables: readonly string[];
}
