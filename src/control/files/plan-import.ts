import type { TypeIdentity } from "../../definition/identity.ts";
import type { Plugin } from "../../definition/plugin.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";
import { sealedConfig } from "../../secrets/shown-config.ts";
import { toItem } from "../../selection/snapshot.ts";
import type { RowChange } from "../../store/change.ts";
import { newItemRow } from "../../store/new-row.ts";
import type { ItemRow, Rows } from "../../store/rows.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";
import type { PreparedConfig } from "../config/prepare-config.ts";
import type { StoredNames } from "../items/stored-names.ts";
import { changeOf } from "../writing/change-of.ts";
import type { ImportCounts, ImportPlan } from "./import-plan.ts";
import type { DocumentItem } from "./items-document.ts";

/** An item of a file, with its place in the database. */
export interface WantedItem {
  readonly type: TypeIdentity;
  readonly typeId: string;
  readonly plugin: Plugin;
  readonly item: DocumentItem;
  /** The row as it is; undefined for a new item. */
  readonly before: ItemRow | undefined;
  /** The id that it has, or will have. */
  readonly id: string;
  /** The names that it is stored under when it is new: as the plugin's other items, so that all processes know it. */
  readonly names: StoredNames;
  /** Absent where the file says nothing of it. */
  readonly config?: PreparedConfig;
}

interface Context {
  readonly managed: boolean;
  readonly prune: boolean;
  /** The time of the plan, ISO 8601. */
  readonly now: string;
}

/**
 * What makes the items as a file wants them. What is retired and wanted comes back; what other files, or
 * operators, say of other items stays. Pure.
 */
export function planImport(wanted: readonly WantedItem[], rows: Rows, context: Context): ImportPlan {
  const changes: SyncChange[] = [];
  const counts: { -readonly [K in keyof ImportCounts]: number } = {
    ...{ itemsCreated: 0, itemsUpdated: 0, itemsFound: 0, itemsRetired: 0 },
  };
  for (const want of wanted) {
    const [change] = changeFor(want, context);
    if (change) changes.push({ ...change, type: want.type });
    counts[change === undefined ? "itemsFound" : change.before ? "itemsUpdated" : "itemsCreated"] += 1;
  }
  const listed = new Set(wanted.map(({ id }) => id));
  const types = new Map(rows.types.map(({ id, manager, name }) => [id, { manager, name }]));
  const unlisted = rows.items.filter((row) => row.managed && row.retiredAt === null && !listed.has(row.id));
  const typeOf = (row: ItemRow): TypeIdentity => types.get(row.typeId) ?? { manager: "", name: "" };
  for (const before of context.prune ? unlisted : []) {
    const after: ItemRow = { ...before, retiredAt: context.now, retiredBy: "operator", lead: null };
    changes.push({ entity: "item", action: "retire", before, after, type: typeOf(before) });
    counts.itemsRetired += 1;
  }
  return {
    revision: rows.revision,
    revisionId: rows.revisionId,
    changes,
    counts,
    unlisted: unlisted.map((row) => toItem(row, typeOf(row))),
  };
}

function changeFor({ before, ...want }: WantedItem, context: Context): RowChange[] {
  const { plugin, item, config } = want;
  const managed = context.managed ? "file" : (item.managed ?? null);
  if (before === undefined) {
    const { label = "", status = plugin.status, priority = plugin.priority } = item;
    const { description = label === "" ? plugin.description : "" } = item;
    const stored = config ?? { config: null, configVersion: plugin.configVersion };
    const given = { ...want.names, label, status, priority, description, managed, ...stored };
    const after = newItemRow({ id: want.id, typeId: want.typeId, ...given });
    return [{ entity: "item", action: "create", before: null, after }];
  }
  const { status = before.status, priority = before.priority, description = before.description } = item;
  // A file that said so before says nothing new against a lead.
  const isDisabled = status === "disable" && before.status !== "disable";
  const after: ItemRow = {
    ...before,
    lead: isDisabled ? null : before.lead,
    ...{ status, priority, description, managed, retiredAt: null, retiredBy: null },
    ...(config && {
      configVersion: config.configVersion,
      config: isSameContent(before.config, config.config) ? before.config : config.config,
    }),
  };
  return changeOf(before.retiredAt === null ? "update" : "restore", before, after);
}

/** Whether two configs differ at most in the order of their keys. */
const isSameContent = (one: JsonValue, other: JsonValue): boolean =>
  JSON.stringify(sorted(sealedConfig(one))) === JSON.stringify(sorted(sealedConfig(other)));

function sorted(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
