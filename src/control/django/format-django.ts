import { describeType, itemLabel } from "../../definition/describe.ts";
import { formatChange } from "../../sync/format-change.ts";
import type { DjangoPlan, NamedItem, NewId } from "./django-plan.ts";

/** The plan of a take-over as a diff for people, in the form of `formatPlan`, and what they should know of it. */
export function formatDjango(plan: DjangoPlan): string {
  const { counts, changes, newIds, entriesLeftOut, missingTables } = plan;
  const lines = [...newIds.map(formatNewId), ...changes.flatMap(formatChange)];
  const isNothing = lines.length === 0 && counts.entries === 0;
  return [
    ...(isNothing ? ["Nothing to do: all of it was taken over."] : lines),
    "",
    `types: ${counts.typesCreated} created, ${counts.typesRenumbered} got Django's id, ${counts.typesFound} found`,
    `items: ${counts.itemsCreated} created, ${counts.itemsRenumbered} got Django's id, ${counts.itemsUpdated} updated, ${counts.itemsFound} found`,
    `history: ${counted(counts.entries, "entry", "entries")} of Django's`,
    ...noted(
      plan.unregistered,
      "of a plugin that nothing registers; kept, retired, until a plugin of that name is registered",
    ),
    ...noted(
      plan.toConfigure,
      "of a plugin that needs a config, which Django has none of; see: npx plugbay item set-config",
    ),
    ...noted(plan.decidedHere, "decided on here since it was taken over, so Django's decision is left"),
    ...(entriesLeftOut === 0
      ? []
      : [
          `! left out: ${counted(entriesLeftOut, "entry", "entries")} of Django's history, of what no longer exists`,
        ]),
    ...missingTables.map((table) => `! there is no table "${table}": ${withoutTable(table)}`),
  ].join("\n");
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function formatNewId({ type, plugin, from, to }: NewId): string {
  const subject =
    plugin === null
      ? describeType(type)
      : `item ${itemLabel({ ...plugin, label: "" })} of ${type.name} (${type.manager})`;
  return `= Django's id for ${subject}   ${from} -> ${to}`;
}

const noted = (items: readonly NamedItem[], what: string): string[] =>
  items.map(
    (item) =>
      `! item ${itemLabel({ ...item, label: "" })} of ${item.type.name} (${item.type.manager}): ${what}`,
  );

const withoutTable = (table: string): string =>
  table.startsWith("django_")
    ? "Django's history is left out"
    : "the history names Django's users by their numbers; --django-users says where their names are";
