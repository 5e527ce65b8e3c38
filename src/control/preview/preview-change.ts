import { statusInForce } from "../../definition/lead.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import { SelectorError } from "../../selection/errors.ts";
import { compareInUse } from "../../selection/order.ts";
import type { Readiness } from "../../selection/readiness.ts";
import { isRetired } from "../../selection/retirement.ts";
import { selectDefault, selectWith } from "../../selection/select.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { View } from "../view.ts";
import { type Preview, type PreviewEffect, previewEffects, type TypePreview } from "./preview.ts";

/** An item as it is, and as it would be. */
interface ItemChange {
  /** undefined of one that would be added. */
  readonly before: PluginItem | undefined;
  readonly after: PluginItem;
}

/** Changes that are thought about. */
interface ItemChanges {
  readonly changes: readonly ItemChange[];
  /** The ids of the items that would get another config. */
  readonly remade: ReadonlySet<string>;
}

const mostTypes = 100;

/** What changes of items would do to the types that they are of. Asks the snapshot alone. */
export function previewOf(view: View, { changes, remade }: ItemChanges): Preview {
  const byType = new Map<string, Map<string, ItemChange>>();
  for (const change of changes) {
    const { typeId, id } = change.after;
    const known = byType.get(typeId) ?? new Map<string, ItemChange>();
    byType.set(typeId, known.set(id, change));
  }
  const types = [...byType].flatMap(([typeId, changed]) => {
    const type = view.snapshot.types.get(typeId);
    return type ? [previewType(view, type, changed, remade)] : [];
  });
  const count = (effect: PreviewEffect): number => types.filter((type) => type.effect === effect).length;
  const place = ({ effect }: TypePreview): number => previewEffects.indexOf(effect);
  return {
    changed: changes.length,
    types: types.sort((one, other) => place(one) - place(other)).slice(0, mostTypes),
    effects: {
      unserved: count("unserved"),
      switched: count("switched"),
      served: count("served"),
      same: count("same"),
      unknown: count("unknown"),
    },
  };
}

function previewType(
  view: View,
  type: TypeSnapshot,
  changed: ReadonlyMap<string, ItemChange>,
  remade: ReadonlySet<string>,
): TypePreview {
  const { id: typeId, manager, name } = type.row;
  const about = { typeId, type: { manager, name }, changed: changed.size };
  const registered = view.registry.type({ manager, name });
  const readiness = (item: PluginItem): Readiness => view.readiness(item);
  const isUntried = (item: PluginItem): boolean => {
    const change = changed.get(item.id);
    if (change === undefined) return false;
    return remade.has(item.id) || change.before === undefined || !mayServe(view, change.before);
  };
  const readinessAfter = (item: PluginItem): Readiness => {
    const found = readiness(item);
    return found.kind !== "missing" && found.kind !== "held" && isUntried(item) ? { kind: "ready" } : found;
  };
  try {
    const before = servingOf(view, registered, type.items, readiness);
    const added = [...changed.values()].filter((change) => change.before === undefined);
    const items = [
      ...type.items.map((item) => changed.get(item.id)?.after ?? item),
      ...added.map((change) => change.after),
    ];
    const after = servingOf(view, registered, items, readinessAfter);
    return {
      ...about,
      effect: effectOf(before, after),
      before: before ?? null,
      after: after ?? null,
      isUntried: after !== undefined && isUntried(after),
    };
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    return { ...about, effect: "unknown", before: null, after: null, isUntried: false };
  }
}

function effectOf(before: PluginItem | undefined, after: PluginItem | undefined): PreviewEffect {
  if (before?.id === after?.id) return "same";
  if (after === undefined) return "unserved";
  return before === undefined ? "served" : "switched";
}

/**
 * What serves a type by these items: what is ready, or else what calls have put aside, as the last resort.
 *
 * @throws SelectorError where the type's own selector does not say without arguments
 */
function servingOf(
  view: View,
  type: AnyPluginType | undefined,
  items: readonly PluginItem[],
  readiness: (item: PluginItem) => Readiness,
): PluginItem | undefined {
  const wanted = items.filter((item) => mayServe(view, item));
  const ready = wanted.filter((item) => readiness(item).kind === "ready");
  const usable = ready.length > 0 ? ready : wanted.filter((item) => readiness(item).kind === "cooling");
  const inOrder = [...usable].sort(compareInUse);
  const candidates = {
    active: inOrder.filter((item) => statusInForce(item) === "active"),
    reserve: inOrder.filter((item) => statusInForce(item) === "reserve"),
  };
  return type?.selector
    ? selectWith(type.selector, type, candidates, [] as never)
    : selectDefault(candidates);
}

/** Whether an operator lets it serve. */
const mayServe = ({ registry }: View, item: PluginItem): boolean =>
  statusInForce(item) !== "disable" && !item.hold && !isRetired(item, registry);
