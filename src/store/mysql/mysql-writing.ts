import { CompiledQuery, type DialectAdapter, sql } from "kysely";
import type { StoreDialect } from "../dialect.ts";
import { ownLockLimit, underLockLimit } from "./lock-limits.ts";
import { isIsolationRefused, mysqlMeaning } from "./mysql-errors.ts";
import { several } from "./several.ts";

/**
 * Databases whose server writes statements to its binary log, not rows, and therefore takes no changes under
 * READ COMMITTED. The higher level serves as well, though writers wait for each other more often: what a writer
 * reads is as of its first read, and that comes after it has got the lock of the revision's row. Known by the
 * adapter, which all that is made of one Kysely instance shares.
 */
const logsStatements = new WeakSet<DialectAdapter>();

/** It was found out that the database takes changes under the higher level alone. */
class IsolationLearned extends Error {
  constructor(cause: unknown) {
    super("this server takes changes under REPEATABLE READ", { cause });
  }
}

/**
 * Writes in three round trips where connections take several statements at once, as those do that plugbay opens. Else
 * each statement has its own: eight for a change of items.
 */
export const mysqlWriting: Pick<StoreDialect, "begin" | "wait" | "writeAll" | "commit" | "isRepeatable"> = {
  async begin(connection, line, reads, lockMs) {
    const { adapter } = connection.getExecutor();
    const level = logsStatements.has(adapter) ? "repeatable read" : "read committed";
    const first = [
      CompiledQuery.raw(`set transaction isolation level ${level}`),
      ...ownLockLimit(connection, lockMs),
      CompiledQuery.raw("start transaction"),
    ];
    const statements = [...first, line.forUpdate(), ...reads];
    const found = await several(connection, statements).catch((error: unknown) => {
      // It refuses already to lock a row. Another writer may have found it out since this one began.
      if (!isIsolationRefused(error) || level === "repeatable read") throw error;
      logsStatements.add(adapter);
      throw new IsolationLearned(error);
    });
    const [row = [], ...answers] = found.slice(first.length);
    return { line: row, answers };
  },
  async wait(transaction, line, reads) {
    const [row = [], ...answers] = await several(transaction, [line.forUpdate(), ...reads]);
    return { line: row, answers };
  },
  async writeAll(transaction, queries, lockMs) {
    const write = () => several(transaction, queries);
    await (lockMs === undefined ? write() : underLockLimit(transaction, lockMs, write));
  },
  async commit(connection) {
    await sql`commit`.execute(connection);
  },
  isRepeatable(error) {
    const kind = mysqlMeaning(error)?.kind;
    return error instanceof IsolationLearned || kind === "conflict" || kind === "lock-wait";
  },
};
