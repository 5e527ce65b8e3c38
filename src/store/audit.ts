import type { JsonValue } from "../definition/plugin-item.ts";
import type { Action, Author, RowChange, Source } from "./change.ts";
import type { AuditTable } from "./tables.ts";

/** One change of one row, as the history keeps it. */
export interface AuditEntry {
  /** The revision that the change made. */
  readonly revision: number;
  /** Tells apart the changes of one revision. */
  readonly position: number;
  /** Whether the row is a plugin type or a plugin item. */
  readonly entity: "type" | "item";
  /** The id of the row. */
  readonly entityId: string;
  /** The id of the plugin type that the row is, or is an item of. */
  readonly typeId: string;
  /** What happened to the row. */
  readonly action: Action;
  /** Who changed it; null where that was not said. */
  readonly actor: string | null;
  /** Where the change came from. */
  readonly source: Source;
  /** The fields that the change touched, as they were; null for a new row. */
  readonly before: Readonly<Record<string, JsonValue>> | null;
  /** The same fields as they became; null for a deleted row. */
  readonly after: Readonly<Record<string, JsonValue>> | null;
  /** Why it was changed, as who did it has said; null where they did not. */
  readonly reason: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What the store keeps up by itself, and the history therefore leaves out. */
const bookkeeping = new Set(["id", "typeId", "aliases", "version", "revision", "createdAt", "updatedAt"]);

export function auditRow(
  change: RowChange,
  context: Author & { namespace: string; revision: number; position: number; at: string },
): AuditTable {
  const row = change.after ?? change.before;
  if (row === null) throw new TypeError("a change has neither a row before nor one after it");
  const told = change.entity === "item" ? change.told : undefined;
  const [before, after] = told ? [{}, told] : difference(change.before, change.after);
  return {
    namespace: context.namespace,
    revision: context.revision,
    position: context.position,
    entity: change.entity,
    entity_id: row.id,
    type_id: "typeId" in row ? row.typeId : row.id,
    action: change.action,
    actor: context.actor,
    source: context.source,
    before: before && JSON.stringify(before),
    after: after && JSON.stringify(after),
    reason: context.reason ?? null,
    at: context.at,
  };
}

type Fields = Record<string, JsonValue>;

/** The fields that a change touches, as they are and as they become; null for a new row, and for one that is deleted. */
export function difference(before: object | null, after: object | null): [Fields | null, Fields | null] {
  const old = before as Fields | null;
  const next = after as Fields | null;
  const touched = Object.keys(next ?? old ?? {}).filter(
    (field) =>
      !bookkeeping.has(field) &&
      (field === "configVersion" ? tellsVersion(old, next) : differs(old, next, field)),
  );
  const pick = (row: Fields | null): Fields | null =>
    row && Object.fromEntries(touched.map((field) => [field, row[field] ?? null]));
  return [pick(old), pick(next)];
}

const differs = (old: Fields | null, next: Fields | null, field: string): boolean =>
  old === null || next === null || !isSame(old[field], next[field]);

/** Of a config the version is told too, unless it is 1, so that the config can be understood later. */
const tellsVersion = (old: Fields | null, next: Fields | null): boolean =>
  (differs(old, next, "config") || differs(old, next, "configVersion")) &&
  [old, next].some((row) => row !== null && row.configVersion !== 1);

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other));
}
