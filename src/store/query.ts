import type { Compilable, OperationNodeSource, Selectable, SelectQueryBuilder } from "kysely";
import type { RevisionTable, Tables } from "./tables.ts";

/** A query of Kysely's that was built and not run yet. */
export interface Query extends Compilable, OperationNodeSource {}

/** The rows of each of several queries, in their order. */
export type Answers = readonly (readonly object[])[];

/** Finds a namespace's row of `plugbay_revision`, whose lock puts its writers in a line. */
export type LineQuery = SelectQueryBuilder<
  Tables,
  "plugbay_revision",
  Pick<Selectable<RevisionTable>, "revision" | "revision_id" | "origin" | "trail">
>;

/** What a transaction that writes finds when it is its turn. */
export interface Turn {
  /** The namespace's row; none where nothing was written yet, and then there is no lock either. */
  readonly line: readonly object[];
  /** What the other queries found, as the writer before has left it. */
  readonly answers: Answers;
}
