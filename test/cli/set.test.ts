import type { PluginItem } from "plugbay";
import { expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { notifier, otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

test("set changes an item by its name, and the history says who did it", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const operands = ["--status", "reserve", "--priority", "-5", "--description", "Texts", "--actor", "alice"];
  const outcome = await runCli(folder, "set", "sms", ...operands, ...config("plugbay"));
  expect(outcome).toEqual({
    code: 0,
    stdout:
      "apps/sms:sms of otp (apps/otp)\n" +
      '    status: "active" -> "reserve"\n' +
      "    priority: 10 -> -5\n" +
      '    description: "" -> "Texts"\n',
    stderr: "",
  });

  await plugbay.refresh();
  const item = plugbay.items(otp).find(({ name }) => name === "sms");
  expect(item).toMatchObject({ status: "reserve", priority: -5, description: "Texts" });

  const again = await runCli(
    folder,
    "set",
    "apps/sms:sms",
    "--priority",
    "-5",
    "--json",
    ...config("plugbay"),
  );
  expect(JSON.parse(again.stdout)).toEqual({
    before: item,
    after: { ...item, differsFromCode: ["status", "priority", "description"] },
  });

  const history = await runCli(folder, "history", "--item", "sms", "--limit", "1", ...config("plugbay"));
  expect(history.stdout).toMatch(
    /^\S+Z {2}alice \(cli\) {2}update item apps\/sms:sms of otp \(apps\/otp\) {3}2-0\n/,
  );
  expect(history.stdout).toContain("    priority: 10 -> -5\n");

  const typed = ["history", "--type", "otp", "--actor", "alice", "--json"];
  expect(JSON.parse((await runCli(folder, ...typed, ...config("plugbay"))).stdout)).toMatchObject([
    { entityId: item?.id, action: "update", actor: "alice", source: "cli", after: { status: "reserve" } },
  ]);
});

test("set refuses a name that several items go by, and takes the type or the id", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const mails = [...plugbay.items(otp), ...plugbay.items(notifier)].filter(({ name }) => name === "smtp");

  const ambiguous = await runCli(
    folder,
    "set",
    "apps/mail:smtp",
    "--status",
    "disable",
    ...config("plugbay"),
  );
  expect(ambiguous.code).toBe(2);
  for (const { id } of mails) expect(ambiguous.stderr).toContain(id);

  const byType = await runCli(
    ...([folder, "set", "smtp", "--type", "apps/notify/notifier", "--status", "disable"] as const),
    ...config("plugbay"),
  );
  expect(byType.stdout).toContain("apps/mail:smtp of notifier (apps/notify)");

  const [, inNotifier] = mails as [PluginItem, PluginItem];
  const version = ["--version", String(inNotifier.version)];
  const stale = await runCli(
    folder,
    "set",
    inNotifier.id,
    "--priority",
    "1",
    ...version,
    ...config("plugbay"),
  );
  expect(stale).toMatchObject({
    code: 4,
    stdout: "",
    stderr: expect.stringContaining("at version 2, not 1"),
  });
});

test.each([
  ["a priority that is too high", ["sms", "--priority", "70000"], 2, "70000"],
  ["a priority that is no integer", ["sms", "--priority", "1.5"], 2, "1.5"],
  ["a priority that is no number", ["sms", "--priority", "high"], 2, "not a number"],
  ["an unknown status", ["sms", "--status", "foo"], 2, "active, reserved or disabled"],
  ["nothing to change", ["sms"], 2, "nothing to change"],
  ["an unknown name", ["nobody", "--status", "active"], 3, "nobody"],
  ["an unknown id", ["7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47", "--status", "active"], 3, "7f9c24e8"],
  ["an unknown type", ["sms", "--type", "ottp", "--status", "active"], 3, "otp (apps/otp)"],
])("set refuses %s", async (_, operands, code, message) => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const { revision } = snapshotOf(plugbay);
  const outcome = await runCli(folder, "set", ...operands, "--json", ...config("plugbay"));
  expect(outcome).toMatchObject({ code, stdout: "" });
  expect(JSON.parse(outcome.stderr).error.message).toContain(message);
  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision);
});
