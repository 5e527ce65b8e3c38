import type { Db } from "../dialect.ts";
import type { Prologue, ProloguePlace } from "../prologue.ts";
import type { Query } from "../query.ts";
import { fromTypeRow, type TypeRow } from "../rows.ts";
import type { AuditTable } from "../tables.ts";
import { newUuid } from "../uuid.ts";

/** An id that a row gets in the place of its own. */
export type Renumbering =
  | { readonly entity: "type"; readonly row: TypeRow; readonly id: string }
  | { readonly entity: "item"; readonly row: { readonly id: string }; readonly id: string };

/** An entry of the history about what was done elsewhere, before. It holds no values. */
export interface PastEntry {
  readonly entity: "type" | "item";
  readonly entityId: string;
  readonly typeId: string;
  readonly action: "create" | "update";
  readonly actor: string;
  /** What the other history says of it. */
  readonly reason: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Entries a statement. */
const batchSize = 500;

/** Writes past entries, each under a revision of its own, for each was an action of its own; and renumbers rows. */
export const takeOver = (renumberings: readonly Renumbering[], past: readonly PastEntry[]): Prologue => ({
  revisions: past.length,
  *queries(db, place) {
    for (const one of renumberings) {
      if (one.entity === "type") yield* renumberType(db, place, one.row, one.id);
      else yield db.updateTable(place.tables.item).set({ id: one.id }).where("id", "=", one.row.id);
    }
    const rows = past.map((entry, index) => toRow(entry, place, index));
    for (let start = 0; start < rows.length; start += batchSize)
      yield db.insertInto(place.tables.audit).values(rows.slice(start, start + batchSize));
  },
});

/**
 * The id is changed, and the row not made anew: a foreign key of the application then keeps its rows, or refuses. Of
 * plugbay's own one, items stand at another type meanwhile.
 */
function* renumberType(
  db: Db,
  { tables, namespace, mark }: ProloguePlace,
  row: TypeRow,
  id: string,
): Generator<Query> {
  const [meanwhile, manager] = [newUuid(), newUuid()];
  yield db.insertInto(tables.type).values({ ...fromTypeRow(row, namespace), id: meanwhile, manager });
  yield db.updateTable(tables.item).set({ type_id: meanwhile }).where("type_id", "=", row.id);
  yield db.updateTable(tables.type).set({ id }).where("id", "=", row.id);
  yield db
    .updateTable(tables.item)
    .set({ type_id: id, revision: mark.revision })
    .where("type_id", "=", meanwhile);
  yield db.deleteFrom(tables.type).where("id", "=", meanwhile);
}

const toRow = (
  { entity, entityId, typeId, action, actor, reason, at }: PastEntry,
  { namespace, before }: ProloguePlace,
  index: number,
): AuditTable => ({
  ...{ namespace, revision: before.revision + 1 + index, position: 0 },
  ...{ entity, entity_id: entityId, type_id: typeId, action, actor, source: "django" },
  ...{ before: null, after: null, reason, at },
});
