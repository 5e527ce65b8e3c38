import { itemsNamed, nameToUse, shortNames } from "../control/item-names.ts";
import { itemLabel } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { nearestName } from "../definition/nearest-name.ts";
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

/** How an item is named on the command line, for help texts. */
export const itemForms = "plugin, plugin/label, module:plugin/label or id";

/** Which items come into question. */
interface Among {
  /** Those of a plugin type: its name, or `manager/name`. Default: all. */
  readonly type?: string | undefined;
  /** Whether a retired item is meant rather than one in use, where both have the name. Default false. */
  readonly retired?: boolean;
}

/**
 * The item of that id; or of that name: `stripe` (its plugin), `stripe/us` (plugin and label), or in full
 * `apps/stripe:stripe/us`, which is an item without a label before it is a plugin.
 *
 * @throws NotFoundError, AmbiguousError
 */
export function findItem(snapshot: Snapshot, wanted: string, among: Among = {}): PluginItem {
  const items = itemsOf(snapshot, among.type);
  const [found, ...others] = itemsNamed(items, wanted, among.retired);
  if (found === undefined) throw new NotFoundError(notFound(items, wanted, among));
  if (others.length > 0) {
    const all = itemsOf(snapshot, undefined);
    const lines = [found, ...others].map(
      (item) => `\n  ${nameToUse(all, item, among.retired)}   ${itemName(item)}`,
    );
    throw new AmbiguousError(`several plugin items match "${wanted}"; say which:${lines.join("")}`);
  }
  return found;
}

function notFound(items: readonly PluginItem[], wanted: string, among: Among): string {
  const where = among.type === undefined ? "" : ` of "${among.type}"`;
  const message = `no plugin item${where} has the id or the name "${wanted}"`;
  const near = items.filter((item) => {
    const names = [itemLabel(item), ...shortNames(item)];
    return nearestName(wanted, names) !== undefined;
  });
  if (near.length === 0) return `${message}; see: plugbay list`;
  const names = near.map((item) => `\n  ${nameToUse(items, item, among.retired)}`);
  const more = names.length > mostNear ? `\n  and ${names.length - mostNear} more; see: plugbay list` : "";
  return `${message}; similar ones:${names.slice(0, mostNear).join("")}${more}`;
}

const mostNear = 5;

function itemsOf(snapshot: Snapshot, type: string | undefined): PluginItem[] {
  const types = [...snapshot.types.values()];
  if (type === undefined) return types.flatMap(({ items }) => items);
  const { manager, name } = findType(
    types.map(({ row }) => row),
    type,
  );
  return [...(snapshot.byIdentity.get(manager, name)?.items ?? [])];
}
