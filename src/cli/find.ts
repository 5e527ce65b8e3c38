import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import { AmbiguousError, NotFoundError } from "./errors.ts";
import { itemName, typeName } from "./wording.ts";

const fullName = ({ manager, name }: TypeIdentity): string => `${manager}/${name}`;

/**
 * The type of that name; `manager/name` where several managers have one of that name.
 *
 * @throws NotFoundError, AmbiguousError
 */
export function findType<Type extends TypeIdentity>(types: readonly Type[], wanted: string): Type {
  const exact = types.find((type) => fullName(type) === wanted);
  const [found, ...others] = exact ? [exact] : types.filter((type) => type.name === wanted);
  if (found === undefined) {
    const known = types.length === 0 ? "there are none" : `there are: ${types.map(typeName).join(", ")}`;
    throw new NotFoundError(`no plugin type is called "${wanted}"; ${known}`);
  }
  if (others.length > 0) {
    const names = [found, ...others].map((type) => `\n  ${fullName(type)}`).join("");
    throw new AmbiguousError(`several managers have a plugin type "${wanted}"; say which:${names}`);
  }
  return found;
}

/**
 * The item of that id, or of that plugin: `name`, or `module/name`. Retired ones come into question only
 * where no other goes by the name.
 *
 * @throws NotFoundError, AmbiguousError
 */
export function findItem(snapshot: Snapshot, wanted: string, type?: string): PluginItem {
  const items = itemsOf(snapshot, type);
  const byId = items.find((item) => item.id === wanted);
  if (byId !== undefined) return byId;
  const named = items.filter((item) => item.name === wanted || `${item.module}/${item.name}` === wanted);
  const inUse = named.filter((item) => item.retiredAt === null);
  const [found, ...others] = inUse.length > 0 ? inUse : named;
  if (found === undefined) {
    const where = type === undefined ? "" : ` of "${type}"`;
    throw new NotFoundError(`no plugin item${where} has the id or the name "${wanted}"; see: plugbay list`);
  }
  if (others.length > 0) {
    const lines = [found, ...others].map((item) => `\n  ${item.id}  ${itemName(item)}`).join("");
    throw new AmbiguousError(`several plugin items go by "${wanted}"; say which by its id:${lines}`);
  }
  return found;
}

function itemsOf(snapshot: Snapshot, type: string | undefined): PluginItem[] {
  const types = [...snapshot.types.values()];
  if (type === undefined) return types.flatMap(({ items }) => items);
  const { manager, name } = findType(
    types.map(({ row }) => row),
    type,
  );
  return [...(snapshot.byIdentity.get(manager, name)?.items ?? [])];
}
