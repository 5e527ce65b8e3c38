import { itemLabel } from "../../definition/describe.ts";
import { namesOf } from "../../sync/format-held-back.ts";
import type { HeldBack, SyncChange, SyncPlan } from "../../sync/sync-plan.ts";
import { typeName } from "../wording.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

/** Whether the rows are what the code registers, by the plan of a sync that prunes. */
export function checkRows({ changes, heldBack }: SyncPlan): Finding[] {
  const surplus = changes.filter(({ action }) => action === "retire");
  const lacking = changes.length - surplus.length;
  const state =
    lacking === 0
      ? ok("the database has all that the code registers")
      : problem(
          `the database is not in line with the code: ${lacking} rows are to be added or updated`,
          "run: npx plugbay sync (and to see them: npx plugbay sync --dry-run)",
        );
  return [state, ...surplus.flatMap(unregistered), ...heldBack.map(inUseElsewhere)];
}

/** What another version of the application has, which is running now: a deployment is under way, or was taken back. */
function inUseElsewhere({ entity, row, type, processes }: HeldBack): Finding {
  const subject =
    entity === "item" ? `item ${itemLabel(row)} of ${typeName(type)}` : `plugin type ${typeName(type)}`;
  return ok(
    `${subject} is not registered by this code and stays in use, because ${namesOf(processes)}; ` +
      "the next sync after they are gone retires it",
  );
}

function unregistered(change: SyncChange): Finding[] {
  if (change.before === null) return [];
  const type = typeName(change.type);
  const subject =
    change.entity === "item" ? `item ${itemLabel(change.before)} of ${type}` : `plugin type ${type}`;
  return [
    warning(
      `${subject} is in the database, but this code does not register it`,
      "register it, or retire it with: npx plugbay sync",
    ),
  ];
}
