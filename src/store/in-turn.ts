import type { CompiledQuery } from "kysely";
import type { Db } from "./dialect.ts";
import type { Answers, Query } from "./query.ts";

/** Runs queries one after the other, each in a round trip of its own. */
export async function inTurn(db: Db, queries: readonly (Query | CompiledQuery)[]): Promise<Answers> {
  const answers: object[][] = [];
  for (const query of queries) answers.push((await db.executeQuery<object>(query)).rows);
  return answers;
}
