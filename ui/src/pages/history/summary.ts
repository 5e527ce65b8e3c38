import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../components/item-title.ts";
import type { Format } from "../../i18n/use-format.ts";
import type { Text } from "../../i18n/use-text.ts";
import { subjectOf } from "./entry-subject.tsx";
import { fieldName } from "./field-name.ts";

type Kind =
  | Exclude<HistoryEntry["action"], "update">
  | ("changed" | "config" | "priority" | "active" | "reserve" | "disable" | "types");

type Told = Pick<
  HistoryEntry,
  "entity" | "entityId" | "typeId" | "type" | "item" | "action" | "before" | "after"
>;

interface ToldSet {
  readonly entries: readonly Told[];
  readonly total: number;
}

/** What a change set did, in a line. */
export function summaryOf(set: ToldSet, text: Text, format: Format): string {
  const { entries, total } = set;
  const [first] = entries;
  if (first === undefined) return text("history.sum.changes", { count: total });
  if (total === 1)
    return text("history.sum.one", { name: subjectOf(first), what: whatOf(first, text, format) });
  const counts = new Map<Kind, number>();
  for (const entry of entries) {
    const kind = kindOf(entry);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const parts = format.list([...counts].map(([kind, count]) => text(`history.sum.${kind}`, { count })));
  if (total > entries.length) return text("history.sum.among", { count: total, parts });
  const ahead = counts.size === 1 && counts.has("priority") ? movedAhead(entries) : undefined;
  return ahead === undefined ? parts : text("history.sum.ahead", { ...ahead, parts });
}

function kindOf({ entity, action, after }: Told): Kind {
  if (entity === "type") return "types";
  if (action !== "update") return action;
  const [field, ...others] = Object.keys(after ?? {}).filter((name) => name !== "configVersion");
  if (others.length > 0) return "changed";
  if (field === "priority" || field === "config") return field;
  const status = after?.status;
  return status === "active" || status === "reserve" || status === "disable" ? status : "changed";
}

/** What became of one item or type. */
function whatOf(entry: Told, text: Text, format: Format): string {
  const kind = kindOf(entry);
  if (kind === "active" || kind === "reserve" || kind === "disable") return text(`status.${kind}`);
  if (entry.action !== "update") return text(`history.action.${entry.action}`);
  const fields = Object.keys(entry.after ?? {}).filter((name) => name !== "configVersion");
  return fields.length === 0
    ? text("history.action.update")
    : format.list(fields.map((field) => fieldName(field, text)));
}

/** Where priorities alone changed: the item that comes first of these now, and the one that did before. */
function movedAhead(entries: readonly Told[]) {
  const lowest = (side: "before" | "after") =>
    entries.reduce((best, entry) => (priorityOf(entry, side) < priorityOf(best, side) ? entry : best));
  const [was, is] = [lowest("before"), lowest("after")];
  if (was === is || was.item === null || is.item === null || was.typeId !== is.typeId) return undefined;
  return { item: itemTitle(is.item), other: itemTitle(was.item) };
}

const priorityOf = (entry: Told, side: "before" | "after"): number =>
  Number(entry[side]?.priority ?? Number.POSITIVE_INFINITY);
