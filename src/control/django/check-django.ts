import { checkStatus } from "../../definition/check-status.ts";
import { preview } from "../../definition/describe.ts";
import { checkName } from "../../definition/name.ts";
import { checkPriority } from "../../definition/priority.ts";
import { checkText } from "../../definition/text.ts";
import type { DjangoEdit, DjangoItem, DjangoTables, DjangoType } from "../../store/django/read-django.ts";
import { asInteger } from "../../store/stored-integer.ts";
import { storedTime } from "../../store/stored-time.ts";
import { messageOf } from "../../thrown.ts";
import type { DjangoData, DjangoEditData, DjangoItemData, DjangoTypeData } from "./django-data.ts";
import { editMessage } from "./edit-message.ts";
import { InvalidDjangoDataError } from "./errors.ts";

/**
 * What Django's tables hold, in plugbay's words.
 *
 * @throws InvalidDjangoDataError with all values that plugbay takes from nobody: none is changed to fit
 */
export function checkDjango(tables: DjangoTables, database: string): DjangoData {
  const problems: string[] = [];
  const check = <T>(row: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(`${row}: ${messageOf(error)}`);
      return undefined;
    }
  };
  const types = tables.types.flatMap((row) => check(describeType(row), () => toType(row)) ?? []);
  const byId = new Map(types.map((type) => [type.id, type]));
  // Of a type that is refused, its items need no words of their own.
  const refused = new Set(tables.types.map(({ id }) => hex(id)));
  const items = tables.items.flatMap((row) => {
    const type = byId.get(toUuid(row.plugin_type_id) ?? "");
    if (type === undefined && refused.has(hex(row.plugin_type_id))) return [];
    return check(describeItem(row), () => toItem(row, type)) ?? [];
  });
  const edits = tables.edits.flatMap((row) => toEdit(row) ?? []);
  if (problems.length > 0) throw new InvalidDjangoDataError(database, problems);
  return {
    types,
    items,
    edits: edits.sort((one, other) => compare(one.at, other.at)),
    missing: tables.missing,
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const describeType = ({ id, name, manager }: DjangoType): string =>
  `type ${preview(name)} of ${preview(manager)} (id ${preview(id)})`;

const describeItem = ({ id, name, module }: DjangoItem): string =>
  `item ${preview(name)} of ${preview(module)} (id ${preview(id)})`;

const hex = (id: unknown): string => String(id).replaceAll("-", "").toLowerCase();

/** Without a type for UUIDs Django keeps the 32 digits; in its log they have dashes. */
function toUuid(value: unknown): string | undefined {
  const digits = hex(value);
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function requireUuid(value: unknown): string {
  const id = toUuid(value);
  if (id === undefined) throw new TypeError(`the id ${preview(value)} is no UUID`);
  return id;
}

const toType = ({ id, name, manager, description }: DjangoType): DjangoTypeData => ({
  id: requireUuid(id),
  manager: checkName("manager", manager),
  name: checkName("name", name),
  description: checkText("description", description ?? ""),
});

function toItem(row: DjangoItem, type: DjangoTypeData | undefined): DjangoItemData {
  const id = requireUuid(row.id);
  if (type === undefined) throw new TypeError(`there is no type of its id ${preview(row.plugin_type_id)}`);
  return {
    id,
    type,
    module: checkName("module", row.module),
    name: checkName("name", row.name),
    status: checkStatus("the item", row.status),
    priority: checkPriority("the item", asInteger(row.priority) ?? row.priority),
    description: checkText("description", row.description ?? ""),
  };
}

const actions = new Map([
  [1, "create"],
  [2, "update"],
  [3, "delete"],
] as const);

/** What cannot be read of a log is left out: it decides nothing. */
function toEdit(row: DjangoEdit): DjangoEditData | undefined {
  const entityId = toUuid(row.object_id);
  const action = actions.get(Number(row.action_flag) as 1 | 2 | 3);
  const at = storedTime(row.action_time);
  if (entityId === undefined || action === undefined || at === undefined) return undefined;
  const actor = String(row.username ?? "")
    .toWellFormed()
    .replaceAll("\0", "");
  return {
    entity: row.model === "plugintype" ? "type" : "item",
    ...{ entityId, action, at },
    actor: actor || `Django's user ${row.user_id}`,
    message: editMessage(row.change_message, action),
  };
}
