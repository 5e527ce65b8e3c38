import type { RowFault } from "./row-fault.ts";

/** A row that stays under its own name, which the code does not know: another row has the name that it does. */
export interface NameCollision {
  readonly entity: "type" | "item";
  readonly id: string;
  /** The row that has the name. */
  readonly holder: string;
}

/** A row that had a name which the code knows, and has another one now, without the former as an alias. */
export interface NameLoss {
  readonly entity: "type" | "item";
  readonly id: string;
  readonly former: string;
  readonly name: string;
}

export const nameLost = (table: string, { id, former, name }: NameLoss): RowFault => ({
  ...{ table, id, column: "name", isGrave: true },
  problem: `was changed from "${former}" to "${name}", which this code does not register`,
  effect: "the row is out of use here",
  fix: "change it back, or give the plugin or type that name",
});

export const nameTaken = (table: string, id: string, holder: string): RowFault => ({
  ...{ table, id, column: "aliases", isGrave: true },
  problem: `have a name that row ${holder} has`,
  effect: "this code does not know the row",
  fix: "take the name out of the aliases, or delete the row that is not wanted",
});
