import type { PluginIdentity } from "../definition/identity.ts";
import type { Registry } from "../registry/registry.ts";
import type { NameLoss } from "../store/name-faults.ts";
import type { Rows } from "../store/rows.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The rows in use that had the name of a type or plugin of this code, and now have one that it does not know: no
 * sync does that, which leaves the former name as an alias. `rows` are under the names that this code knows.
 */
export function lostNames(before: Snapshot, rows: Rows, registry: Registry): NameLoss[] {
  const changedTypes = new Map(rows.types.map((row) => [row.id, row]));
  const types = rows.types.flatMap((row): NameLoss[] => {
    const former = before.types.get(row.id)?.row;
    const isLost = former && row.retiredAt === null && registry.type(former) && !registry.type(row);
    return isLost ? [{ entity: "type", id: row.id, former: former.name, name: row.name }] : [];
  });
  const items = rows.items.flatMap((row): NameLoss[] => {
    const former = before.item(row.id);
    if (former === undefined || row.retiredAt !== null) return [];
    if (row.module === former.module && row.name === former.name) return [];
    const type = changedTypes.get(row.typeId) ?? before.types.get(row.typeId)?.row;
    const isLost =
      type &&
      registry.plugin(former.type, former.module, former.name) &&
      !registry.plugin(type, row.module, row.name);
    return isLost ? [{ entity: "item", id: row.id, former: namesOf(former), name: namesOf(row) }] : [];
  });
  return [...types, ...items];
}

const namesOf = ({ module, name }: PluginIdentity): string => `${module}/${name}`;
