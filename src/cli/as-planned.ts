import type { ChangePlan } from "../control/writing/change-plan.ts";
import type { Changed, Versions } from "../control/writing/changed.ts";
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

/** The same for items. `make` gets those that were shown, as they were: neither others nor changed ones are changed. */
export function itemsAsPlanned(
  options: PlanOptions,
  { changes }: ChangePlan,
  what: string,
  make: (shown: { readonly versions: Versions }) => Promise<Changed>,
): Promise<Report> {
  const shown = changes.flatMap(({ before }) => (before !== null && "version" in before ? [before] : []));
  const versions = Object.fromEntries(shown.map(({ id, version }) => [id, version]));
  const lines = [...changes.flatMap(formatChange), "", `items: ${shown.length}`];
  return asPlanned(options, {
    json: { changes },
    text: shown.length === 0 ? undefined : lines.join("\n"),
    question: `${what} ${shown.length === 1 ? "it" : "them"}?`,
    make: () => make({ versions }),
  });
}
