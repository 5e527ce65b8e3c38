import { join } from "node:path";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const purge = ["purge", "--older-than", "0s"];

test("purge deletes what was retired long enough ago, and only when told so", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const nothing = await runCli(folder, ...purge, ...config("plugbay"));
  expect(nothing).toMatchObject({ code: 0, stdout: "There is nothing to purge.\n" });

  await runCli(folder, "sync", ...config("few"));
  const early = await runCli(folder, "purge", "--older-than", "30d", "--yes", ...config("few"));
  expect(early.stdout).toBe("There is nothing to purge.\n");

  // There is nobody to ask here.
  const unasked = await runCli(folder, ...purge, ...config("few"));
  expect(unasked).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--yes") });
  expect((await plugbay.control.list({ retired: true })).total).toBe(5);

  const done = await runCli(folder, ...purge, "--yes", "--actor", "alice", ...config("few"));
  expect(done.code).toBe(0);
  expect(done.stdout).toContain("x item apps/sms:sms of otp (apps/otp)");
  expect(done.stdout).toContain("types: 2, items: 5\nPurged.\n");
  expect((await plugbay.control.list({ retired: true })).total).toBe(0);

  // The history knows what is gone, by the name it had.
  const history = await runCli(folder, "history", "--actor", "alice", ...config("few"));
  expect(history.stdout).toMatch(/alice \(cli\) {2}purge item apps\/sms:sms/);
});

test("purge leaves everything where the application still points at some of it", async () => {
  const folder = await makeFolder();
  await openIn(folder);
  await runCli(folder, "sync", ...config("few"));
  const { db, close } = await sqlite(join(folder, "app.db")).connect();
  await db.schema
    .createTable("favourite")
    .addColumn("item_id", "text", (column) => column.references("plugbay_item.id"))
    .execute();
  const retired = db.selectFrom("plugbay_item").select("id").where("retired_at", "is not", null).limit(1);
  await db.insertInto("favourite").columns(["item_id"]).expression(retired).execute();
  await close();

  const blocked = await runCli(folder, ...purge, "--yes", "--json", ...config("few"));
  expect(blocked).toMatchObject({ code: 4, stdout: "" });
  expect(JSON.parse(blocked.stderr).error.code).toBe("PURGE_BLOCKED");

  const senseless = await runCli(folder, "purge", "--older-than", "30", ...config("few"));
  expect(senseless).toMatchObject({ code: 2, stderr: expect.stringContaining("30d") });
});
