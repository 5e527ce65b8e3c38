import type { Generated } from "kysely";
import type { ManagedBy, RetiredBy } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";

/** `plugbay_revision`: one counter a namespace, raised in the transaction of every change. */
export interface RevisionTable {
  namespace: string;
  revision: number;
  /** The id of the change that made the revision; null where older code made it, or none did. */
  revision_id: Generated<string | null>;
  /** Random, made with the row and kept by copies of the database; null where older code made the row. */
  origin: string | null;
  /** The revisions before this one, as `trail.ts` has them; of another one where older code made this revision. */
  trail: Generated<string | null>;
}

/** `plugbay_change`: what was written together, at one revision. */
export interface ChangeTable {
  id: string;
  namespace: string;
  revision: number;
  /** How many rows. */
  changed: number;
  /** What a repetition of the change is known by; null where nobody gave a key. */
  change_key: Generated<string | null>;
  /** What was asked for under the key. */
  request: Generated<string | null>;
  created_at: string;
}

/** `plugbay_type` */
export interface TypeTable {
  id: string;
  namespace: string;
  manager: string;
  name: string;
  /** JSON: former identities; null where there are none. */
  aliases: string | null;
  description: string;
  retired_at: string | null;
  revision: number;
  created_at: string;
  updated_at: string;
}

/** `plugbay_item` */
export interface ItemTable {
  id: string;
  type_id: string;
  /** The type's namespace, repeated here so that changes are found by one index. */
  namespace: string;
  module: string;
  name: string;
  label: string;
  /** JSON: former identities; null where there are none. */
  aliases: string | null;
  status: Status;
  priority: number;
  description: string;
  /** JSON, or null where there is none. */
  config: string | null;
  /** The version of the plugin's code that the config was written for. */
  config_version: number;
  managed: ManagedBy | null;
  /** JSON: that an operator put the item aside; null where none did. */
  hold: string | null;
  /** JSON: that an operator put the item first for a while; null where none did. */
  item_lead: string | null;
  version: number;
  revision: number;
  retired_at: string | null;
  retired_by: RetiredBy | null;
  created_at: string;
  updated_at: string;
}

/** `plugbay_audit`: what was changed at a revision, in the order of `position`. */
export interface AuditTable {
  namespace: string;
  revision: number;
  position: number;
  entity: "type" | "item";
  entity_id: string;
  /** The type itself, or the item's type. */
  type_id: string;
  action: string;
  actor: string | null;
  source: string;
  /** JSON of the fields that differ. */
  before: string | null;
  after: string | null;
  /** Why it was changed; null where nobody said so, or older code made the change. */
  reason: string | null;
  at: string;
}

/** `plugbay_process`: the processes that are alive. Written without raising the revision. */
export interface ProcessTable {
  id: string;
  namespace: string;
  host: string;
  pid: number;
  version: string;
  state: string;
  transport: string;
  revision: number;
  /** JSON: the plugins that its code registers. */
  plugins: string;
  /** JSON: the items that it could not make ready, for code that does not read `troubles`. */
  failures: string;
  /** JSON: `ServedType`s; null where older code wrote the row. */
  serves: Generated<string | null>;
  /** JSON: `ReportedTrouble`s; null where older code wrote the row. */
  troubles: Generated<string | null>;
  /** Random, and new whenever `serves` or `troubles` are; null where older code wrote the row. */
  report_mark: Generated<number | null>;
  started_at: string;
  seen_at: string;
  /** Epoch milliseconds by the database's time, after which it is forgotten; null where older code wrote the row. */
  expires_at: Generated<number | null>;
}

/** `plugbay_circuit`: the items that get no calls because those before failed. Written without raising the revision. */
export interface CircuitTable {
  item_id: string;
  namespace: string;
  /** Random, and new with every write: by their sum a look sees that any of the rows is new, other or gone. */
  mark: number;
  /** JSON: a `StoredCircuit`. */
  state: string;
  /** Epoch milliseconds by the database's time, after which the row says nothing any more. */
  expires_at: number;
}

/**
 * `plugbay_attention`: what operators should look at. `plugbay_alert`: which alerts were sent, and which are due. One
 * process of the fleet writes them, without raising the revision.
 */
export interface NoteTable {
  id: string;
  namespace: string;
  /** Random, and new with every write. */
  mark: number;
  /** JSON. */
  state: string;
}

/** `plugbay_leader`: which process sends alerts. */
export interface LeaderTable {
  namespace: string;
  /** Random, and new with every start of a process. */
  owner: string;
  /** Epoch milliseconds by the database's time, after which another one may take its place. */
  expires_at: number;
}

/** `plugbay_traffic`: what calls came to, by item and minute or hour. Written without raising the revision. */
export interface TrafficTable {
  namespace: string;
  /** `""` in the rows of all types together. */
  type_id: string;
  /** `""` in the rows of all items together. */
  item_id: string;
  /** `part`: an hour of one process. `hour`: of all processes. `turn`: when this table was last put in order. */
  unit: "minute" | "part" | "hour" | "turn";
  /** Epoch milliseconds by the time of day of the process that counted. */
  starts_at: number;
  /** The id of what counted, in one process; `""` for all processes together. */
  writer: string;
  calls: number;
  failures: number;
  rescued: number;
  /** JSON: failures by outcome, durations by bucket. */
  details: string;
  /** Epoch milliseconds by the database's time. */
  written_at: number;
}

/** `plugbay_event`: what happened in the processes, as each noted it. Written without raising the revision. */
export interface EventTable {
  namespace: string;
  type_id: string;
  /** Epoch milliseconds by the database's time. */
  at: number;
  id: string;
  item_id: string | null;
  process_id: string;
  /** An `EventKind`. */
  kind: string;
  /** JSON: what else there is to say. */
  details: string;
}

/** `plugbay_migration`: the migrations that this database has. */
export interface MigrationTable {
  name: string;
  applied_at: string;
  /** 1 where code that does not know the migration may use the database all the same; else 0 or null. */
  compatible: number | null;
}

/** The tables under the names they have with the default prefix. */
export interface Tables {
  plugbay_revision: RevisionTable;
  plugbay_change: ChangeTable;
  plugbay_type: TypeTable;
  plugbay_item: ItemTable;
  plugbay_audit: AuditTable;
  plugbay_process: ProcessTable;
  plugbay_circuit: CircuitTable;
  plugbay_attention: NoteTable;
  plugbay_alert: NoteTable;
  plugbay_leader: LeaderTable;
  plugbay_traffic: TrafficTable;
  plugbay_event: EventTable;
  plugbay_migration: MigrationTable;
}
