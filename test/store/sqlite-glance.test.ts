import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { sqlite } from "plugbay/sqlite";
import { expect, onTestFinished, test } from "vitest";

async function connections() {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-glance-"));
  const database = sqlite(join(folder, "app.db"));
  const [one, other] = [await database.connect(), await database.connect()];
  onTestFinished(async () => {
    await one.close();
    await other.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { one, other };
}

test("a glance at SQLite tells of what others have committed, once, and not of what this connection has", async () => {
  const { one, other } = await connections();
  await sql`create table note (text text)`.execute(one.db);
  expect(other.glance?.hasMoved()).toBe(true);
  expect(other.glance?.hasMoved()).toBe(false);
  await sql`insert into note values ('seen')`.execute(one.db);
  expect(other.glance?.hasMoved()).toBe(true);
  expect(other.glance?.hasMoved()).toBe(false);
  expect(one.glance?.hasMoved()).toBe(true);
  expect(one.glance?.hasMoved()).toBe(false);
});
