import { drizzle, type SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import { migrate } from "drizzle-orm/sqlite-proxy/migrator";
import { user } from "./schema.ts";

// The one that plugbay takes: two libraries for SQLite in one process would let go of each other's locks on the file.
const { DatabaseSync } =
  (process.getBuiltinModule("node:sqlite") as typeof import("@photostructure/sqlite") | undefined) ??
  (await import("@photostructure/sqlite"));

export interface Database {
  readonly db: SqliteRemoteDatabase;
  close(): void;
}

/** Drizzle over a file in which plugbay's tables are, with the application's own made and filled. */
export async function openDatabase(path: string): Promise<Database> {
  const file = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true });
  const db = drizzle(async (sql, parameters, method) => {
    const statement = file.prepare(sql);
    if (method === "run") {
      statement.run(...parameters);
      return { rows: [] };
    }
    statement.setReturnArrays(true);
    const rows = statement.all(...parameters) as unknown[][];
    return { rows: method === "get" ? (rows[0] ?? []) : rows };
  });
  await migrate(
    db,
    async (statements) => {
      for (const statement of statements) file.exec(statement);
    },
    { migrationsFolder: "migrations" },
  );
  const users = [
    { id: 1, name: "Ada", email: "ada@example.com", phone: "+1 555 0100" },
    { id: 2, name: "Grace", email: "grace@example.com", phone: "+1 555 0101" },
  ];
  await db.insert(user).values(users).onConflictDoNothing();
  return { db, close: () => file.close() };
}
