import type { CompiledQuery, DialectAdapter } from "kysely";
import { CompiledQuery as Compiled } from "kysely";
import type { Db } from "../dialect.ts";
import { inTurn } from "../in-turn.ts";
import type { Answers, Query } from "../query.ts";

/**
 * The Kysely instances whose connections take several statements at once. Known by the adapter, which all that is made
 * of one instance shares.
 */
const takers = new WeakSet<DialectAdapter>();

/** Says of an instance that its connections were opened with mysql2's `multipleStatements`. */
export function takesSeveral(db: Db): void {
  takers.add(db.getExecutor().adapter);
}

/** Runs queries, in one round trip where the connections of `db` take several statements at once. */
export async function several(db: Db, queries: readonly (Query | CompiledQuery)[]): Promise<Answers> {
  if (queries.length < 2 || !takers.has(db.getExecutor().adapter)) return inTurn(db, queries);
  const compiled = queries.map((query) => ("compile" in query ? query.compile() : query));
  const text = compiled.map(({ sql }) => sql).join("; ");
  const values = compiled.flatMap(({ parameters }) => parameters);
  const { rows } = await db.executeQuery<object>(Compiled.raw(text, values));
  // Of a statement that finds no rows there is only what it did.
  return rows.map((answer) => (Array.isArray(answer) ? answer : []));
}
