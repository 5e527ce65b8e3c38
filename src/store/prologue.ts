import type { Db } from "./dialect.ts";
import type { Mark } from "./mark.ts";
import type { Query } from "./query.ts";
import type { TableNames } from "./table-names.ts";

/** Where a prologue is written: between these marks. */
export interface ProloguePlace {
  readonly tables: TableNames;
  readonly namespace: string;
  /** Where the data stand before it. */
  readonly before: Mark;
  /** Where they stand after the change. */
  readonly mark: Mark;
}

/** What is written in the transaction of a change, before the rows of the change. */
export interface Prologue {
  /** How many revisions it has to itself: those before the revision of the change. */
  readonly revisions: number;
  queries(db: Db, place: ProloguePlace): Iterable<Query>;
}
