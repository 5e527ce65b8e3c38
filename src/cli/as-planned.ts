import type { ChangePlan } from "../control/writing/change-plan.ts";
import type { Changed } from "../control/writing/changed.ts";
import { formatChange } from "../sync/format-change.ts";
import { confirm } from "./confirm.ts";
import type { Report } from "./report.ts";
import { counted } from "./wording.ts";

/** The options of commands that show first what they would change. */
export interface PlanOptions {
  readonly dryRun?: true;
  readonly yes?: true;
}

/** A change that is looked at before it is made. */
interface PlannedChange {
  /** What `--json` tells of it. */
  readonly json: object;
  /** What it would change, for people; undefined where that is nothing. */
  readonly text: string | undefined;
  readonly question: string;
  readonly make: () => Promise<Changed>;
}

/** Shows what would change; and unless it is a dry run, asks, and makes it. */
export async function asPlanned(
  { dryRun, yes }: PlanOptions,
  { json, text, question, make }: PlannedChange,
): Promise<Report> {
  const report = (outcome: Changed | null, told: string): Report => ({
    json: { ...json, outcome },
    text: told,
  });
  if (text === undefined) return report(null, "There is nothing to change.");
  if (dryRun) return report(null, text);
  if (!yes && !(await confirm(text, question))) return report(null, "Nothing was changed.");
  const outcome = await make();
  const done = `changed: ${counted(outcome.changed, "item")}`;
  return report(outcome, yes ? `${text}\n${done}` : done);
}

/** The same for items. `make` gets the ids of those that were shown, so that no other ones are changed. */
export function itemsAsPlanned(
  options: PlanOptions,
  { changes }: ChangePlan,
  what: string,
  make: (ids: readonly string[]) => Promise<Changed>,
): Promise<Report> {
  const ids = changes.flatMap(({ before }) => (before === null ? [] : [before.id]));
  const lines = [...changes.flatMap(formatChange), "", `items: ${ids.length}`];
  return asPlanned(options, {
    json: { changes },
    text: ids.length === 0 ? undefined : lines.join("\n"),
    question: `${what} ${ids.length === 1 ? "it" : "them"}?`,
    make: () => make(ids),
  });
}
