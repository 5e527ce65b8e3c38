import { describeType, itemLabel } from "../definition/describe.ts";
import type { JsonValue } from "../definition/plugin-item.ts";
import type { Action } from "../store/change.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";
import type { SyncChange } from "./sync-plan.ts";

const signs: Readonly<Record<Action, string>> = {
  ...{ create: "+", update: "~", rename: "~", restore: "^", retire: "-", purge: "x" },
  ...{ hold: "~", release: "~", lead: "~", "end-lead": "~", check: "?" },
};

const shown = [
  ...["manager", "module", "name", "label", "status", "priority", "description"],
  ...["managed", "configVersion"],
] as const;

/** A change as a line, and under it a line for every field that becomes something else. */
export function formatChange(change: SyncChange): string[] {
  const row = change.after ?? change.before;
  if (row === null) return [];
  const head = `${signs[change.action]} ${change.action} ${subjectOf(change, row)}`;
  if (change.action !== "create") return [head, ...fieldLines(change), ...configLines(change)];
  if (!("status" in row)) return [head];
  const managed = row.managed === null ? "" : `, managed by a ${row.managed}`;
  return [`${head}   ${row.status}, priority ${row.priority}${managed}`, ...configLines(change)];
}

function subjectOf(change: SyncChange, row: TypeRow | ItemRow): string {
  if (!("module" in row)) return describeType(row);
  return `item ${itemLabel(row)} of ${change.type.name} (${change.type.manager})`;
}

function fieldLines({ before, after }: SyncChange): string[] {
  if (before === null || after === null) return [];
  const old = before as unknown as Record<string, unknown>;
  const next = after as unknown as Record<string, unknown>;
  return shown
    .filter((field) => old[field] !== next[field])
    .map((field) => `    ${field}: ${JSON.stringify(old[field])} -> ${JSON.stringify(next[field])}`);
}

/** A line for every value in the config that is another one; of secrets, the fingerprint tells. */
function configLines({ entity, before, after }: SyncChange): string[] {
  if (entity !== "item" || after === null || before?.config === after.config) return [];
  const old = valuesOf(before?.config ?? null);
  const next = valuesOf(after.config);
  const lines: string[] = [];
  for (const path of new Set([...old.keys(), ...next.keys()])) {
    const [from, to] = [old.get(path), next.get(path)];
    if (from === to) continue;
    if (before === null) lines.push(`    ${path}: ${to}`);
    else lines.push(`    ${path}: ${from ?? "nothing"} -> ${to ?? "nothing"}`);
  }
  return lines;
}

/** What stands where in a config, as text. */
function valuesOf(config: JsonValue): Map<string, string> {
  const values = new Map<string, string>();
  const visit = (value: JsonValue, path: string): void => {
    if (typeof value !== "object" || value === null || isList(value) || Object.keys(value).length === 0) {
      values.set(path, JSON.stringify(value));
    } else if (value.secret === "set" && typeof value.fingerprint === "string") {
      values.set(path, `secret ${value.fingerprint}`.trimEnd());
    } else for (const [key, member] of Object.entries(value)) visit(member, `${path}.${key}`);
  };
  if (config !== null) visit(config, "config");
  return values;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
