import type { Command } from "commander";
import type { Control } from "../../control/control.ts";
import type { ChosenItems } from "../../control/items/chosen-items.ts";
import { type AuthorOptions, authorOf } from "../actor.ts";
import { itemsAsPlanned, type PlanOptions } from "../as-planned.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { findItem, itemForms } from "../find.ts";
import { withPlanOptions } from "../plan-options.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";

export function addRetire(program: Command): void {
  const retire = addCommand(
    program,
    "retire",
    "Takes items out of use until they are restored; they keep all their data.",
    ["retire stripe/us --dry-run", "retire apps/otp-sms:sms_ir apps/otp-fax:fax --yes"],
  );
  withItems(retire).action(
    reporting((items: string[], options: RetireOptions) =>
      change(items, options, {
        what: "Retire",
        retired: false,
        plan: (control, ids) => control.planRetire(ids),
        make: (control, items, by) => control.retire(items, by),
      }),
    ),
  );

  const restore = addCommand(program, "restore", "Brings retired items back as they were.", [
    "restore stripe/us",
    "restore 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 --yes",
  ]);
  withItems(restore).action(
    reporting((items: string[], options: RetireOptions) =>
      change(items, options, {
        what: "Restore",
        retired: true,
        plan: (control, ids) => control.planRestore(ids),
        make: (control, items, by) => control.restore(items, by),
      }),
    ),
  );
}

const withItems = (command: Command): Command =>
  withPlanOptions(
    command
      .argument("<item...>", itemForms)
      .option("--type <name>", "the items' plugin type, where several have a plugin of such a name"),
  );

interface RetireOptions extends CommonOptions, PlanOptions, AuthorOptions {
  readonly type?: string;
}

interface Retirement {
  readonly what: string;
  /** Which of the items of one name are meant. */
  readonly retired: boolean;
  readonly plan: (control: Control, ids: readonly string[]) => ReturnType<Control["planRetire"]>;
  readonly make: (
    control: Control,
    items: ChosenItems,
    by: Parameters<Control["retire"]>[1],
  ) => ReturnType<Control["retire"]>;
}

async function change(
  wanted: readonly string[],
  { config, type, ...options }: RetireOptions,
  { what, retired, plan, make }: Retirement,
): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const ids = wanted.map((name) => findItem(snapshot, name, { type, retired }).id);
    return itemsAsPlanned(options, await plan(control, ids), what, (planned) =>
      make(control, planned, authorOf(options)),
    );
  });
}
