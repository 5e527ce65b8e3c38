import { InvalidOptionError } from "../../definition/errors.ts";
import type { RowChange } from "../../store/change.ts";
import type { Current } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../../time/clock.ts";
import { ConflictError, PurgeBlockedError } from "../errors.ts";
import type { Asker } from "../writing/change-key.ts";
import type { Writer } from "../writing/writer.ts";
import { type PurgePlan, type PurgeSelection, planPurge, planPurgeOf } from "./plan-purge.ts";

/** Deletes what a selection says, or tells what it would. */
export class Purge {
  readonly #store: Store;
  readonly #writer: Writer;
  readonly #selection: PurgeSelection;

  constructor(store: Store, writer: Writer, selection: PurgeSelection) {
    this.#store = store;
    this.#writer = writer;
    this.#selection = selection;
  }

  async plan(): Promise<PurgePlan> {
    const rows = await this.#store.readAll();
    const byId = new Map(rows.items.map((row) => [row.id, row]));
    return this.#planFrom({
      rows: async () => rows,
      items: async (ids) => ids.map((id) => byId.get(id)).filter((row) => row !== undefined),
    });
  }

  async run(by: Asker): Promise<PurgePlan> {
    this.#writer.checkMayPurge();
    let plan: PurgePlan = { types: [], items: [] };
    try {
      await this.#writer.write(by, async (current) => {
        plan = await this.#planFrom(current);
        return deletions(plan);
      });
    } catch (error) {
      if (this.#store.dialect.meaningOf(error)?.kind !== "foreign-key") throw error;
      throw new PurgeBlockedError(
        plan.items.map((row) => row.id),
        error,
      );
    }
    return plan;
  }

  async #planFrom(current: Pick<Current, "rows" | "items">): Promise<PurgePlan> {
    if ("olderThanMs" in this.#selection)
      return planPurge(await current.rows(), deadline(this.#selection, this.#store.clock));
    const items = await this.#writer.find(current, this.#selection.ids);
    this.#checkRetired(items);
    return planPurgeOf(await current.rows(), items);
  }

  #checkRetired(items: readonly ItemRow[]): void {
    const inUse = items.filter((row) => row.retiredAt === null);
    if (inUse.length === 0) return;
    throw new ConflictError(
      inUse.map((row) => this.#writer.toItem(row)),
      undefined,
      "is in use; only what is retired is purged",
    );
  }
}

/** Items first, for they point at their types. */
function deletions({ items, types }: PurgePlan): RowChange[] {
  const changes: RowChange[] = [];
  for (const row of items) changes.push({ entity: "item", action: "purge", before: row, after: null });
  for (const row of types) changes.push({ entity: "type", action: "purge", before: row, after: null });
  return changes;
}

function deadline({ olderThanMs }: { readonly olderThanMs: number }, clock: Clock): string {
  if (!(Number.isFinite(olderThanMs) && olderThanMs >= 0)) {
    throw new InvalidOptionError("olderThanMs", olderThanMs, "it is a number of milliseconds from 0");
  }
  return new Date(clock.now() - olderThanMs).toISOString();
}
