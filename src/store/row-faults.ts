import { warn } from "../warn.ts";
import { type NameCollision, type NameLoss, nameLost, nameTaken } from "./name-faults.ts";
import { describeFault, type RowFault } from "./row-fault.ts";
import type { TableNames } from "./table-names.ts";

/** Beyond so many rows, one warning for the others: a column was probably edited by hand. */
const mostTold = 50;

const hint = "to see all such rows: npx plugbay doctor";

/** The rows that were found edited by hand into something that nobody can use. Each fault is told of once. */
export class RowFaults {
  readonly #tables: TableNames;
  readonly #known = new Map<string, readonly RowFault[]>();
  #areManyTold = false;

  constructor(tables: TableNames) {
    this.#tables = tables;
  }

  /** All that are known of, as each row was last read. */
  get all(): RowFault[] {
    return [...this.#known.values()].flat();
  }

  /** What a look at a row found; `aspect` keeps apart what other looks find. */
  note(table: string, id: string, found: readonly RowFault[], aspect = ""): void {
    if (found.length === 0 && this.#known.size === 0) return;
    const key = keyOf(table, id, aspect);
    const before = this.#known.get(key) ?? [];
    if (found.length === 0) this.#known.delete(key);
    else this.#known.set(key, found);
    const isKnown = (fault: RowFault): boolean =>
      before.some(({ column, problem }) => column === fault.column && problem === fault.problem);
    for (const fault of found) if (!isKnown(fault)) this.#tell(fault);
  }

  /** Forgets what was known of a table's other rows: all that it has were read. */
  keepOnly(table: string, ids: Iterable<string>, aspect = ""): void {
    const known = [...this.#known.keys()].filter((key) => key.startsWith(keyOf(table, "", aspect)));
    if (known.length === 0) return;
    const present = new Set(Array.from(ids, (id) => keyOf(table, id, aspect)));
    for (const key of known) if (!present.has(key)) this.#known.delete(key);
  }

  /** Notes which rows, of all that there are, stay under names that the code does not know: others have its names. */
  noteCollisions(collisions: readonly NameCollision[]): void {
    for (const entity of ["type", "item"] as const) {
      const table = this.#tables[entity];
      const rows = collisions.filter((one) => one.entity === entity);
      const ids = rows.map(({ id }) => id);
      this.keepOnly(table, ids, "name");
      for (const { id, holder } of rows) this.note(table, id, [nameTaken(table, id, holder)], "name");
    }
  }

  /** Notes which rows have lost the names that the code knows. */
  noteLostNames(losses: readonly NameLoss[]): void {
    for (const loss of losses) {
      const table = this.#tables[loss.entity];
      this.note(table, loss.id, [nameLost(table, loss)], "lost name");
    }
  }

  #tell(fault: RowFault): void {
    const isOneOfMany = this.#known.size > mostTold;
    if (!isOneOfMany) warn(`${describeFault(fault)}; ${fault.fix}`, hint);
    else if (!this.#areManyTold) {
      warn(
        `more than ${mostTold} rows have values that cannot be used, such as ${describeFault(fault)}; ${hint}`,
        hint,
      );
    }
    this.#areManyTold = isOneOfMany;
  }
}

const keyOf = (table: string, id: string, aspect: string): string => `${table}\n${aspect}\n${id}`;
