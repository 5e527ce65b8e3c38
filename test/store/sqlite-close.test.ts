import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf } from "./test-database.ts";

test("a log that another one reads at the moment of closing is left empty, and not as it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-close-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "app.db");
  const plugbay = await openPlugbay({ database: sqlite(path), plugins: [greeting, alice, bob] });
  const reader = new (await loadSqliteDriver())(path);
  onTestFinished(() => reader.close());
  reader.exec("begin; select count(*) from plugbay_item");
  await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 3 }, { actor: "operator" });
  expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);

  const closed = plugbay.close();
  await sleep(50);
  reader.exec("commit");
  await closed;
  expect((await stat(`${path}-wal`)).size).toBe(0);
});
