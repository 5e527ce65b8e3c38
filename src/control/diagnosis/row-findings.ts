import { describeType, itemLabel } from "../../definition/describe.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import { namesOf } from "../../sync/format-held-back.ts";
import type { HeldBack, SyncChange, SyncPlan } from "../../sync/sync-plan.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

/**
 * Whether the rows are what the code registers, by the plan of a sync that prunes. Of items that are `told` of already,
 * and of those of a type that is told of, nothing is said.
 */
export function rowFindings({ changes, heldBack }: SyncPlan, told: ReadonlySet<string>): Finding[] {
  const surplus = changes.filter(({ action }) => action === "retire");
  const lacking = changes.length - surplus.length;
  const state = lacking === 0 ? inLine : outOfLine(lacking);
  const types = new Set(
    [...surplus, ...heldBack].flatMap((one) => (one.entity === "type" ? [keyOf(one.type)] : [])),
  );
  const isTold = (one: SyncChange | HeldBack, id: string | undefined): boolean =>
    one.entity === "item" && (types.has(keyOf(one.type)) || told.has(id ?? ""));
  return [
    state,
    ...surplus.filter((one) => !isTold(one, one.before?.id)).map((one) => unregistered(one, surplus)),
    ...heldBack.filter((one) => !isTold(one, one.row.id)).map(inUseElsewhere),
  ];
}

const keyOf = ({ manager, name }: TypeIdentity): string => JSON.stringify([manager, name]);

const inLine = ok("in-line", "the database has everything that the code registers");

const outOfLine = (lacking: number): Finding =>
  problem(
    "out-of-line",
    `the database does not match the code: ${lacking} ${lacking === 1 ? "row is" : "rows are"} to be added or updated`,
    "run: npx plugbay sync (and to see what it does: npx plugbay sync --dry-run)",
  );

function unregistered(change: SyncChange, surplus: readonly SyncChange[]): Finding {
  const { type } = change;
  const fix = "register it, or retire it with: npx plugbay sync";
  if (change.entity === "type") {
    const items = surplus.filter((one) => one.entity === "item" && keyOf(one.type) === keyOf(type)).length;
    const subject = `${describeType(type)}${items === 0 ? "" : `, with ${items} item${items === 1 ? "" : "s"},`}`;
    return warning("unregistered", `${subject} ${inDatabaseOnly}`, fix, { type });
  }
  const { id = "", ...row } = change.before ?? change.after ?? { module: "", name: "", label: "" };
  const subject = `item ${itemLabel(row)} of ${describeType(type)}`;
  return warning("unregistered", `${subject} ${inDatabaseOnly}`, fix, { type, itemId: id });
}

const inDatabaseOnly = "is in the database, but this code does not register it";

/** What another version of the application has, which is running now: a deployment is under way, or was taken back. */
function inUseElsewhere({ entity, row, type, processes }: HeldBack): Finding {
  const subject = entity === "item" ? `item ${itemLabel(row)} of ${describeType(type)}` : describeType(type);
  return ok(
    "held-back",
    `${subject} is not registered by this code and stays in use, because ${namesOf(processes)}; ` +
      "the next sync after they are gone retires it",
  );
}
