import { familiarRows } from "../selection/familiar-rows.ts";
import { emptySnapshot, type Snapshot, succeed } from "../selection/snapshot.ts";
import type { Current } from "../store/store.ts";
import type { Findings } from "./findings.ts";
import { type ListQuery, listItems } from "./list-items.ts";
import type { Plane } from "./plane.ts";

/** What a list of items is filtered by. */
export type ItemQuery = Omit<ListQuery, "sort" | "page" | "pageSize">;

/** Items by their ids; or all that a query finds, on whatever page. */
export type ChosenItems = readonly string[] | { readonly query: ItemQuery };

/** The ids of the items, which for a query are those that it finds in the rows as a change is about to find them. */
export async function idsOf(
  chosen: ChosenItems,
  current: Current,
  plane: Plane,
  findings: Findings,
): Promise<readonly string[]> {
  if (!("query" in chosen)) return chosen;
  const snapshot = await snapshotOf(current, plane);
  const everything = { ...chosen.query, pageSize: Number.POSITIVE_INFINITY };
  return listItems({ snapshot, findings, readiness: (item) => plane.readiness(item) }, everything).items.map(
    ({ id }) => id,
  );
}

/** The plane's snapshot, unless somebody changed something since it was taken. */
async function snapshotOf(current: Current, { snapshot, registry }: Plane): Promise<Snapshot> {
  if (await current.isAt(snapshot)) return snapshot;
  return succeed(emptySnapshot, familiarRows(await current.rows(), registry, emptySnapshot)).snapshot;
}
