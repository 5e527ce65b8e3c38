/** What a person has left in a row that nobody can use, and what is done about it. */
export interface RowFault {
  readonly table: string;
  readonly id: string;
  readonly column: string;
  /** `is not JSON` */
  readonly problem: string;
  /** What comes of it: `the item counts as disabled`. */
  readonly effect: string;
  /** What to do. */
  readonly fix: string;
  /** Whether the row is out of use for it. */
  readonly isGrave: boolean;
}

/** `plugbay_item, row 0199...: status "on" is not one of active, reserve, disable, so the item counts as disabled` */
export const describeFault = ({ table, id, column, problem, effect }: RowFault): string =>
  `${table}, row ${id}: ${column} ${problem}, so ${effect}`;
