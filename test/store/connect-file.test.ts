import { renameSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { connect } from "../../src/store/sqlite/connect-file.ts";
import { loadSqliteDriver, type SqliteDatabaseClass } from "../../src/store/sqlite/load-driver.ts";
import { SqliteFile } from "../../src/store/sqlite/sqlite-file.ts";

let folder: string;
let path: string;
let Driver: SqliteDatabaseClass;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plugbay-connect-"));
  path = join(folder, "app.db");
  Driver = await loadSqliteDriver();
  return () => rm(folder, { recursive: true });
});

function make(at: string): void {
  const database = new Driver(at);
  database.exec("create table note (text)");
  database.close();
}

/** The driver, over a file that a copy replaces as soon as it was opened for the first time. */
function replacing(copy: string): SqliteDatabaseClass {
  let isReplaced = false;
  return class extends Driver {
    override exec(text: string): void {
      if (!isReplaced && text.includes("journal_mode")) {
        isReplaced = true;
        renameSync(copy, path);
      }
      super.exec(text);
    }
  };
}

test("a file that is replaced as it is opened is opened anew, and can be written", async () => {
  make(path);
  const copy = join(folder, "copy.db");
  make(copy);
  const file = await SqliteFile.open(replacing(copy), path, false);
  file.writing.exec("insert into note values ('kept')");
  expect(file.isAlone).toBe(false);
  expect(file.isInPlace()).toBe(true);
  await file.close();
  const found = await connect(Driver, path);
  expect(found.reading.prepare("select text from note").all()).toEqual([{ text: "kept" }]);
  found.reading.close();
  found.writing.close();
});
