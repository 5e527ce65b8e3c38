import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { files, importsOf, source } from "./source-files.ts";

/** What may ask the system's clock itself: nobody hands these another one. */
const askers = [
  // The start waits for real drivers, and a transaction for the locks of others.
  "open/boot.ts",
  "store/retry.ts",
  "store/ticks.ts",
  "store/writing/look-for.ts",
  // The clock where none is chosen.
  "calling/classify-error.ts",
  "open/open-plugbay.ts",
  "store/migrations/migrations.ts",
  "store/described-tables.ts",
  "testing/conformance.ts",
  "testing/made-plugin.ts",
  "testing/open-test-plugbay.ts",
  "testing/test-item.ts",
  // Ids and keys have a time in their names that nothing goes by.
  "secrets/generate-key.ts",
  "store/uuid.ts",
  // The machine sets the times of files, and how long the event loop is held is its time.
  "following/snapshot-file.ts",
  "following/snapshot-text.ts",
  "store/sqlite/lost-log.ts",
  "store/sqlite/outlast-rename.ts",
  // What is on its way when everything is closed.
  "store/publisher.ts",
  // The panel on its own is a process of its own.
  "serve/log.ts",
  "serve/panel-server.ts",
  "serve/users/migrate-users.ts",
];

const read = (file: string): string => readFileSync(join(source, file), "utf8");
const library = files().filter((file) => !file.startsWith("time/"));

describe("the time", () => {
  test("is asked of a clock, and of nothing else", () => {
    const direct = /\bDate\.now\b|\bnew Date\(\)|\bperformance\b|\bhrtime\b/;
    expect(library.filter((file) => direct.test(read(file)))).toEqual([]);
  });

  test("is that of the injected clock, but for a few that have none", () => {
    const asks = (file: string): boolean =>
      importsOf(file).some(({ to }) => to === "time/clock.ts") && /\bsystemClock\b/.test(read(file));
    const found = library.filter((file) => !file.startsWith("cli/") && asks(file));
    expect(found).toEqual([...askers].sort());
  });
});
