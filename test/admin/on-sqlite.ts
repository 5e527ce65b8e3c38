import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { databaseKinds } from "../store/database-kinds.ts";
import { TestDatabase } from "../store/test-database.ts";

/** Defines tests that have a SQLite file, for what is the same on every database. */
export function onSqlite(define: (home: TestDatabase) => void): void {
  const kind = databaseKinds.find(({ dialect }) => dialect === "sqlite");
  if (kind === undefined) throw new Error("SQLite is among the databases");
  const home = new TestDatabase(kind);
  beforeAll(() => home.create());
  beforeEach(() => home.beginTest());
  afterEach(() => home.endTest());
  afterAll(() => home.drop());
  define(home);
}
