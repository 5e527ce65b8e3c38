import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { all, otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

interface Finding {
  readonly level: "ok" | "warning" | "problem";
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly causes?: readonly string[];
}

async function examine(folder: string, name: Parameters<typeof config>[0]) {
  const { code, stdout, stderr } = await runCli(folder, "doctor", "--json", ...config(name));
  expect(stderr).toBe("");
  const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: Finding[] };
  const of = (level: Finding["level"]) => findings.filter((finding) => finding.level === level);
  return { code, healthy, problems: of("problem"), warnings: of("warning"), ok: of("ok") };
}

test("doctor finds a healthy application healthy, in both voices", async () => {
  const folder = await makeFolder();
  await openIn(folder);
  expect(await examine(folder, "plugbay")).toMatchObject({
    code: 0,
    healthy: true,
    problems: [],
    warnings: [],
  });
  const text = await runCli(folder, "doctor", ...config("plugbay"));
  expect(text.stdout).toMatch(/^ok {7}\S+ declares [2-9] plugin types and \d+ plugins$/m);
  expect(text.stdout).toContain("ok       6 plugin items are ready\n");
  expect(text.stdout).toContain("problems: 0, warnings: 0\n");
});

test("doctor names plugins that fail, types that nothing can serve, and how to go on", async () => {
  const folder = await makeFolder();
  await runCli(folder, "migrate", ...config("broken"));
  const { code, healthy, problems, warnings } = await examine(folder, "broken");
  expect({ code, healthy }).toEqual({ code: 1, healthy: false });
  expect(problems).toMatchObject([
    {
      message: expect.stringContaining("the gateway refused the key"),
      fix: expect.stringContaining("npx plugbay set apps/refusing:refusing --status disable"),
    },
    { message: expect.stringContaining("was not ready within 200 ms") },
    { message: expect.stringContaining("nothing to make it from") },
    {
      message: 'nothing can serve plugin type "broken" of "apps/broken": its only item in use cannot',
      causes: [expect.stringContaining('no method "send"')],
    },
  ]);
  expect(warnings).toMatchObject([
    { message: 'nothing can serve plugin type "empty" of "apps/empty": it has no plugins' },
  ]);
});

test("doctor tells a database that lacks rows from one that has too many, and from an operator's decision", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, [otp]);
  const lacking = await examine(folder, "few");
  expect(lacking).toMatchObject({
    code: 1,
    problems: [
      { message: expect.stringContaining("1 row is"), fix: expect.stringContaining("npx plugbay sync") },
    ],
    warnings: [],
  });

  await runCli(folder, "migrate", ...config("plugbay"));
  const { items } = await plugbay.control.list({ type: "otp" });
  await plugbay.control.bulk(
    items.map(({ id }) => id),
    "disable",
    { actor: "alice" },
  );
  const { code, warnings } = await examine(folder, "few");
  expect(code).toBe(0);
  expect(warnings).toMatchObject([
    {
      message: expect.stringContaining("all of its items are disabled"),
      fix: expect.stringContaining("set"),
    },
    { message: expect.stringContaining('item apps/sms:sms of plugin type "otp" of "apps/otp" is in the') },
    { message: expect.stringContaining('item apps/files:outbox of plugin type "otp" of "apps/otp"') },
    { message: expect.stringContaining('plugin type "notifier" of "apps/notify", with 1 item, is in the') },
    { message: expect.stringContaining('plugin type "routed" of "apps/route", with 2 items, is in the') },
  ]);
});

test("doctor lists rows that were edited by hand into what nobody can use", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const { items } = await plugbay.control.list({ type: "otp" });
  const [first, second] = items;
  await plugbay.control.updateItem(first?.id ?? "", { priority: 3 }, { actor: "alice" });
  const Driver = await loadSqliteDriver();
  const file = new Driver(join(folder, "app.db"));
  file.exec("pragma ignore_check_constraints = on");
  file.exec(`update plugbay_item set status = 'on', aliases = 'none' where id = '${first?.id}'`);
  file.exec(`update plugbay_item set version = ${2n ** 60n}, created_at = 'x' where id = '${second?.id}'`);
  file.exec("update plugbay_audit set after = '{' where revision = 2");
  file.exec("update plugbay_audit set revision = 'x' where revision = 1 and position = 0");
  file.close();
  const { code, problems, warnings } = await examine(folder, "plugbay");
  expect(code).toBe(1);
  expect(problems[0]).toMatchObject({
    message: `plugbay_item, row ${first?.id}: status "on" is not one of active, reserve, disable, so the item counts as disabled`,
    fix: "set it to active or reserve or disable",
  });
  const told = [...problems, ...warnings].map(({ message }) => message);
  for (const start of [
    `plugbay_item, row ${first?.id}: aliases is not JSON`,
    `plugbay_item, row ${second?.id}: version 1152921504606846976 is not an integer`,
    `plugbay_item, row ${second?.id}: created_at "x" is not a time`,
    "plugbay_audit, row 2-0: after is not JSON",
    "plugbay_audit, row x-0: revision, position are no integers",
  ]) {
    expect(told).toContainEqual(expect.stringContaining(start));
  }
  const list = await runCli(folder, "list", "--json", ...config("plugbay"));
  expect(list).toMatchObject({ code: 0, stderr: "" });
  const history = await runCli(folder, "history", ...config("plugbay"));
  expect(history).toMatchObject({ code: 0, stderr: "" });
});

test("doctor checks the plugins even where the database cannot be read", async () => {
  const folder = await makeFolder();
  const unreachable = await examine(folder, "unreachable");
  expect(unreachable).toMatchObject({
    code: 1,
    problems: [{ message: expect.stringContaining("not available"), fix: expect.stringContaining("start") }],
    warnings: [],
  });

  const { problems } = await examine(folder, "broken");
  expect(problems[0]).toMatchObject({
    message: expect.stringContaining(`there is no file "${join(folder, "app.db")}"`),
    fix: expect.stringContaining("npx plugbay migrate"),
  });
  expect(problems[1]?.message).toContain("the gateway refused the key");
});

test("doctor tells what a sync leaves in use because a running process has it, and that this is as it should be", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, all, { heartbeatMs: 60_000, version: "1.7.2" });
  await expect.poll(() => plugbay.control.processes()).toHaveLength(1);
  const held = "and stays in use, because";
  const found = await examine(folder, "few");
  expect(found.ok.filter(({ message }) => message.includes(held)).length).toBeGreaterThan(1);
  expect(found.ok).toContainEqual({
    level: "ok",
    code: "held-back",
    message: expect.stringMatching(/^plugin .+ is not registered by this code .+:\d+ \(1\.7\.2\) has it; /),
  });
  expect(found.warnings.filter(({ message }) => message.includes("does not register it"))).toEqual([]);

  const sync = await runCli(folder, "sync", ...config("few"));
  expect(sync.stdout).toMatch(/0 retired\nheld back: \d+, which running processes have/);
  await plugbay.close();
  const later = await runCli(folder, "sync", ...config("few"));
  expect(later.stdout).not.toContain("held back");
  expect(later.stdout).toMatch(/[1-9] retired/);
});
