import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { otp, sms } from "../cli/fixtures/definitions.ts";

test("whether an entry can be reverted is right at once, after another process's change and its undoing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-revertible-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const open = async () => {
    const plugbay = await openPlugbay({
      database: sqlite(join(folder, "app.db")),
      plugins: [otp, sms],
      pollIntervalMs: false,
      heartbeatMs: false,
    });
    onTestFinished(() => plugbay.close());
    return plugbay;
  };
  const plugbay = await open();
  const here = plugbay.control;
  const { control: elsewhere } = await open();
  const id = plugbay.items(otp)[0]?.id ?? "";
  const by = { actor: "alice" };
  const revertible = async () => {
    const entries = await here.history({ entityId: id, actor: "alice" });
    return entries.map((entry) => here.isRevertible(entry));
  };

  await elsewhere.updateItem(id, { priority: 5 }, by);
  expect(await revertible()).toEqual([true]);
  await elsewhere.updateItem(id, { status: "disable" }, by);
  expect(await revertible()).toEqual([true, true]);
  const [latest] = await elsewhere.history({ entityId: id, limit: 1 });
  if (latest) await elsewhere.revert(latest, by);
  expect(await revertible()).toEqual([true, false, true]);
});
