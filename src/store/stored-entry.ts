import type { Selectable } from "kysely";
import type { AuditEntry } from "./audit.ts";
import { actions, sources } from "./change.ts";
import type { RowReader } from "./row-reader.ts";
import { isRecord, storedJson } from "./stored-json.ts";
import type { AuditTable } from "./tables.ts";

/** A row of the history in the words of the code. */
export function toAuditEntry(row: Selectable<AuditTable>, reader: RowReader): AuditEntry {
  return reader.row(`${row.revision}-${row.position}`, () => {
    const entityId = reader.text("entity_id", row.entity_id);
    const typeId = reader.text("type_id", row.type_id);
    const entity = entityId === typeId ? "type" : "item";
    return {
      revision: Number(row.revision),
      position: Number(row.position),
      entity: reader.word("entity", row.entity, ["type", "item"], entity, told(entity)),
      entityId,
      typeId,
      action: reader.word("action", row.action, actions, "update", told("update")),
      actor: row.actor === null ? null : reader.text("actor", row.actor),
      source: reader.word("source", row.source, sources, "api", told("api")),
      before: readFields("before", row.before, reader),
      after: readFields("after", row.after, reader),
      reason: row.reason === null || row.reason === undefined ? null : reader.text("reason", row.reason),
      at: reader.time("at", row.at),
    };
  });
}

const told = (word: string) => ({ effect: `the history tells it as ${word}` });

function readFields(column: "before" | "after", value: unknown, reader: RowReader): AuditEntry["before"] {
  if (value === null || value === undefined) return null;
  const json = storedJson(reader.text(column, value));
  if ("value" in json && isRecord(json.value)) return json.value as AuditEntry["before"];
  // What it says stays untold: it may be a secret.
  reader.note(column, "problem" in json ? json.problem : "is JSON, but no object", {
    effect: "the change is told without it, and cannot be reverted",
    fix: "correct it, or leave it",
  });
  return null;
}
