import type { PluginItem } from "../definition/plugin-item.ts";
import { ClosedError } from "../store/errors.ts";
import { findItem, requireItem } from "./item-of.ts";
import { codeDifferences } from "./list/code-differences.ts";
import type { ListedItem } from "./list/list-query.ts";
import type { View } from "./view.ts";

/** The item as it is served. @throws ClosedError, ItemNotFoundError */
export function present(view: View, id: string): ListedItem {
  if (view.state.kind === "closed") throw new ClosedError();
  const { item } = requireItem(view.snapshot, id);
  return listed(view, item);
}

/** As it is served by now; as it was written, where this process cannot follow. */
export function presentChanged(view: View, written: PluginItem): ListedItem {
  const served = findItem(view.snapshot, written.id)?.item;
  const item = served && served.version >= written.version ? served : written;
  return listed(view, item);
}

/** An item with what this process found about it. */
const listed = (view: View, item: PluginItem): ListedItem => ({
  ...item,
  readiness: view.readiness(item),
  differsFromCode: codeDifferences(item, view.registry),
});
