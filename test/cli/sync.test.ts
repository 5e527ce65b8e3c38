import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { mail, otp, sms } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

test("migrate makes the tables, syncs in create mode and prunes, and a second run finds nothing to do", async () => {
  const folder = await makeFolder();
  const first = await runCli(folder, "migrate", ...config("plugbay"));
  expect(first).toEqual({
    code: 0,
    stdout:
      "migrations: 0001_initial, 0002_config_version, 0003_managed, 0004_change_sets, 0005_holds, " +
      "0006_circuits, 0007_process_reports, 0008_reasons, 0009_alerts, 0010_traffic, 0011_events, 0012_leads, 0013_trail\n" +
      "types: 3 created, 0 updated, 0 found, 0 retired\n" +
      "items: 6 created, 0 updated, 0 found, 0 retired\n",
    stderr: "",
  });
  expect(existsSync(join(folder, "app.db"))).toBe(true);

  const second = await runCli(folder, "migrate", "--json", ...config("few"));
  expect(second.code).toBe(0);
  expect(JSON.parse(second.stdout)).toEqual({
    migrations: [],
    counts: {
      ...{ typesCreated: 0, typesFound: 1, typesUpdated: 0, prunedTypes: 2 },
      ...{ itemsCreated: 0, itemsFound: 1, itemsUpdated: 0, prunedItems: 5, heldBack: 0 },
    },
  });
});

test("sync --dry-run prints the changes and makes none", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, [otp, sms]);
  const { revision } = snapshotOf(plugbay);

  const diff = await runCli(folder, "sync", "--dry-run", ...config("few"));
  expect(diff.code).toBe(0);
  expect(diff.stdout).toContain("- retire item apps/sms:sms of otp (apps/otp)");
  expect(diff.stdout).toContain("+ create item apps/mail:smtp of otp (apps/otp)   active, priority 20");

  const json = await runCli(folder, "sync", "--dry-run", "--no-prune", "--json", ...config("few"));
  expect(JSON.parse(json.stdout)).toMatchObject({
    prune: false,
    changes: [{ entity: "item", action: "create", after: { name: "smtp" } }],
  });

  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision);
});

test("sync --dry-run makes no tables either, and says what does", async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, "app.db"), "");
  const outcome = await runCli(folder, "sync", "--dry-run", "--json", ...config("few"));
  expect(outcome).toMatchObject({ code: 5, stdout: "" });
  expect(JSON.parse(outcome.stderr).error).toMatchObject({
    name: "MigrationRequiredError",
    code: "MIGRATION_REQUIRED",
    message: expect.stringContaining("npx plugbay migrate"),
  });
  const { db, close } = await sqlite(join(folder, "app.db")).connect();
  expect(await db.introspection.getTables()).toEqual([]);
  await close();
});

test("sync prunes unless told not to, refreshes only in update mode, and never touches a status", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const item = plugbay.items(otp).find(({ module }) => module === mail.module);
  await plugbay.control.updateItem(item?.id ?? "", { status: "disable", priority: 99 }, { actor: "alice" });

  const kept = await runCli(folder, "sync", "--no-prune", ...config("few"));
  expect(kept).toMatchObject({ code: 0, stdout: expect.stringContaining("1 found, 0 retired") });

  const updated = await runCli(
    folder,
    "sync",
    "--mode",
    "update",
    "--actor",
    "bob",
    "--json",
    ...config("few"),
  );
  expect(JSON.parse(updated.stdout)).toMatchObject({ itemsUpdated: 1, prunedTypes: 2, prunedItems: 5 });

  const { items } = await plugbay.control.list();
  expect(items).toMatchObject([{ id: item?.id, status: "disable", priority: 20 }]);
  expect(await plugbay.control.history({ limit: 1 })).toMatchObject([{ actor: "bob", source: "sync" }]);
});
