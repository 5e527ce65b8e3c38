import type { Client, QueryResult } from "pg";
import { codeOf } from "../../thrown.ts";
import { newUuid } from "../uuid.ts";

/** How often preparing may be refused before it is given up. */
const mostRefusals = 3;

/**
 * A statement of that name is not there, or is there already, as behind a pooler in transaction mode; or the columns
 * of a table have changed since.
 */
const refusals: readonly (string | undefined)[] = ["26000", "42P05", "0A000"];

/**
 * pg's client, which has repeated statements prepared: planning takes the server several times as long as answering
 * them. Where that is refused, a statement is asked as any other.
 */
export function preparingClient(PgClient: typeof Client, repeated: ReadonlySet<string>): typeof Client {
  const prefix = `plugbay_${newUuid().slice(-12)}`;
  let refused = 0;
  return class extends PgClient {
    // pg has a dozen overloads of it. What is prepared comes from Kysely, as a text and its values.
    override query(...given: unknown[]): never {
      const ask = super.query.bind(this) as (...given: unknown[]) => Promise<QueryResult>;
      const [text, values, callback] = given;
      const isRepeated = typeof text === "string" && callback === undefined && repeated.has(text);
      if (!isRepeated || refused >= mostRefusals) return ask(...given) as never;
      const name = `${prefix}_${refused}_${[...repeated].indexOf(text)}`;
      return ask({ name, text, values }).catch((error: unknown) => {
        if (!refusals.includes(codeOf(error))) throw error;
        refused += 1;
        return ask(text, values);
      }) as never;
    }
  };
}
