import type { JsonValue, PluginItem } from "../../definition/plugin-item.ts";
import { SelectorError } from "../../selection/errors.ts";
import { explainItems } from "../../selection/explain.ts";
import type { ItemExplanation } from "../../selection/explanation.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { View } from "../view.ts";

/** Why each item of a type is, or is not, selected. */
export interface TypeExplanation {
  /** The items in selection order, each with the reason why it is or is not selected. */
  readonly items: readonly ItemExplanation[];
  /** Why nothing could be selected, where the selector threw. */
  readonly selectorError?: SelectorError;
}

/** Explains `items` of the type, all of them by default, for these arguments of its selector. */
export function explainType(
  view: View,
  type: TypeSnapshot,
  args: readonly JsonValue[],
  items: readonly PluginItem[] = type.items,
): TypeExplanation {
  const explain = (selected?: PluginItem): readonly ItemExplanation[] =>
    explainItems(items, view.registry, selected, (item) => view.readiness(item));
  const registered = view.registry.type(type.row);
  if (registered === undefined) return { items: explain() };
  try {
    return { items: explain(view.selected(registered, ...(args as never))) };
  } catch (error) {
    if (error instanceof SelectorError) return { items: explain(), selectorError: error };
    throw error;
  }
}
