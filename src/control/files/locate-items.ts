import type { ConfigIssue } from "../../definition/config-issue.ts";
import { describeType } from "../../definition/describe.ts";
import { PairMap } from "../../definition/pair-map.ts";
import type { Plugin } from "../../definition/plugin.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { UnknownPluginError } from "../../registry/errors.ts";
import type { Registry } from "../../registry/registry.ts";
import { localRows } from "../../selection/local-rows.ts";
import { emptySnapshot, toItem } from "../../selection/snapshot.ts";
import type { ItemRow, Rows, TypeRow } from "../../store/rows.ts";
import { newUuid } from "../../store/uuid.ts";
import { messageOf } from "../../thrown.ts";
import { NotConfigurableError } from "../config/config-errors.ts";
import { bestNamed, namesForNew } from "../items/stored-names.ts";
import type { DocumentItem, DocumentType, ItemsDocument } from "./items-document.ts";
import type { WantedItem } from "./plan-import.ts";

/** An item of a document, with what the code and the database have of it. */
export interface LocatedItem extends Omit<WantedItem, "config"> {
  /** Where it stands in the document. */
  readonly path: ConfigIssue["path"];
  /** `before` as this code knows it. */
  readonly known: PluginItem | undefined;
}

/** The items of a document that code and database have a place for, and what is wrong with the others. */
export interface Located {
  readonly items: readonly LocatedItem[];
  readonly issues: readonly ConfigIssue[];
  /** The rows, with nothing to see of the secrets that only this code knows to be some. */
  readonly rows: Rows;
}

export function locateItems(document: ItemsDocument, registry: Registry, stored: Rows): Located {
  // Found by the names that this code knows, and written under those that newer code may have given.
  const local = localRows(stored, registry, emptySnapshot);
  const rows: Rows = {
    ...stored,
    items: stored.items.map((row, index) => ({
      ...row,
      config: local.items[index]?.config ?? row.config,
    })),
  };
  const places = placesOf(local, rows);
  const items: LocatedItem[] = [];
  const issues: ConfigIssue[] = [];
  for (const [index, type] of document.types.entries()) {
    const path = ["types", index];
    const place = places.get(type.manager, type.name);
    const problem = problemOf(type, registry, place?.row);
    if (problem !== undefined || place === undefined) {
      issues.push({ path, message: problem ?? "" });
      continue;
    }
    for (const [number, item] of type.items.entries()) {
      const at = [...path, "items", number];
      const plugin = registry.plugin(type, item.module, item.name);
      const refusal = refusalOf(type, item, plugin);
      if (plugin === undefined || refusal) {
        issues.push({ path: at, message: messageOf(refusal) });
        continue;
      }
      const siblings = place.items.get(item.module, item.name);
      const found = siblings?.get(item.label ?? "");
      const identity = { manager: type.manager, name: type.name };
      items.push({
        ...{ path: at, type: identity, typeId: place.row.id, plugin, item },
        ...{ before: found?.row, known: found && toItem(found.known, identity) },
        id: found?.row.id ?? newUuid(),
        names: namesForNew(plugin, bestNamed([...(siblings?.values() ?? [])].map(({ row }) => row)), () =>
          rows.items.filter(({ typeId }) => typeId === place.row.id),
        ),
      });
    }
  }
  return { items, issues, rows };
}

interface TypePlace {
  readonly row: TypeRow;
  /** By module and name, and then by label. */
  readonly items: PairMap<Map<string, { readonly row: ItemRow; readonly known: ItemRow }>>;
}

function placesOf(local: Rows, rows: Rows): PairMap<TypePlace> {
  const places = new PairMap<TypePlace>();
  const byId = new Map<string, TypePlace>();
  for (const row of local.types) {
    const place: TypePlace = { row, items: new PairMap() };
    places.set(row.manager, row.name, place);
    byId.set(row.id, place);
  }
  for (const [index, row] of rows.items.entries()) {
    const items = byId.get(row.typeId)?.items;
    const known = local.items[index] ?? row;
    const labels = items?.get(known.module, known.name) ?? new Map();
    items?.set(known.module, known.name, labels.set(row.label, { row, known }));
  }
  return places;
}

function problemOf(type: DocumentType, registry: Registry, row: TypeRow | undefined): string | undefined {
  if (registry.type(type) === undefined) return `${describeType(type)} is not registered`;
  if (row === undefined || row.retiredAt !== null) {
    return `${describeType(type)} is not in the database; run "npx plugbay sync" first`;
  }
  return undefined;
}

/** A plugin without a config has one item, and nothing to configure. */
function refusalOf(type: DocumentType, item: DocumentItem, plugin: Plugin | undefined): Error | undefined {
  if (plugin === undefined) return new UnknownPluginError(type, item);
  const isConfigured = item.config !== undefined || (item.label ?? "") !== "";
  return plugin.config === undefined && isConfigured ? new NotConfigurableError(type, plugin) : undefined;
}
