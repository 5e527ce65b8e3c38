import type { Action } from "../../store/change.ts";
import type { Current } from "../../store/current.ts";
import type { Findings } from "../list/findings.ts";
import type { View } from "../view.ts";
import { type Asker, outcomeOf } from "../writing/change-key.ts";
import type { ChangePlan } from "../writing/change-plan.ts";
import type { Changed, ChangeOptions } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { type ChosenItems, ItemsChoice, SnapshotOutdated } from "./chosen-items.ts";
import type { RowEdit } from "./row-edit.ts";

/** How often items are looked for in the snapshot, before all rows are read inside the transaction. */
const mostChoices = 3;

/** Does one thing to all items that a caller chose. */
export class ChosenEdits {
  readonly #view: View;
  readonly #findings: Findings;
  readonly #writer: Writer;

  constructor(view: View, findings: Findings, writer: Writer) {
    this.#view = view;
    this.#findings = findings;
    this.#writer = writer;
  }

  /** Writes what `edit` makes of each item, where that differs. */
  edit(call: string, items: ChosenItems, by: ChangeOptions, action: Action, edit: RowEdit): Promise<Changed> {
    const make = (asker: Asker) => this.#editChosen(items, asker, action, edit);
    return this.#writer.once({ call, given: items }, by, make, outcomeOf);
  }

  /** What `edit` would change. */
  async plan(items: ChosenItems, action: Action, edit: RowEdit): Promise<ChangePlan> {
    const choice = new ItemsChoice(items, this.#view, this.#findings);
    return this.#writer.planEdit((current) => choice.ids(current, true), action, edit);
  }

  async #editChosen(items: ChosenItems, by: Asker, action: Action, edit: RowEdit): Promise<Changed> {
    for (let count = 1; ; count += 1) {
      const choice = new ItemsChoice(items, this.#view, this.#findings);
      const choose = (current: Current) => choice.ids(current, count === mostChoices);
      try {
        const { expected: ids, versions } = choice;
        return await this.#writer.edit(choose, by, action, edit, { ids }, versions);
      } catch (error) {
        if (!(error instanceof SnapshotOutdated)) throw error;
        await this.#view.refresh();
      }
    }
  }
}
