import { definePlugin } from "plugbay";
import { expect, test } from "vitest";
import { mail, notifier, otp, sms } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

test("list prints an aligned table", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const [first] = plugbay.items(otp);

  const { code, stdout, stderr } = await runCli(folder, "list", "--type", "otp", ...config("plugbay"));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split(/ {2,}/).slice(0, 4).join(" | "))).toEqual([
    "TYPE | PLUGIN | STATUS | PRIORITY",
    "otp (apps/otp) | apps/sms:sms | Active | 10",
    "otp (apps/otp) | apps/mail:smtp | Active | 20",
    "otp (apps/otp) | apps/files:outbox | Reserved | 0",
  ]);
  const column = lines[0]?.indexOf("ID") ?? 0;
  expect(lines[1]?.slice(column)).toBe(first?.id);
});

test("list searches, filters and sorts", async () => {
  const folder = await makeFolder();
  await openIn(folder);
  const list = async (...operands: string[]) => {
    const { stdout } = await runCli(folder, "list", "--json", ...operands, ...config("plugbay"));
    const { items, ...page } = JSON.parse(stdout);
    return { names: items.map((item: { module: string }) => item.module), ...page };
  };
  expect(await list("--search", "SMTP notif")).toEqual({ names: ["apps/mail"], total: 1, page: 1, pages: 1 });
  expect((await list("--status", "reserve")).names).toEqual(["apps/files"]);
  expect((await list("--manager", "apps/otp", "--sort", "-priority,name", "--all")).names).toEqual([
    ...["apps/mail", "apps/sms", "apps/files"],
  ]);
  expect(await list("--module", "apps/mail", "--page", "2")).toEqual({
    names: [],
    total: 2,
    page: 2,
    pages: 1,
  });
  const past = await runCli(folder, "list", "--module", "apps/mail", "--page", "2", ...config("plugbay"));
  expect(past.stdout).toBe("Page 2 does not exist: the last one is 1, of 2 items in all.\n");
});

test("list --all has every item once, also where there are more than a page may have", async () => {
  const folder = await makeFolder();
  const many = Array.from({ length: 2_345 }, (_, index) =>
    definePlugin(otp, { name: `p${index}`, module: "apps/many", create: () => ({ send() {} }) }),
  );
  await openIn(folder, [otp, many]);
  const { stdout } = await runCli(folder, "list", "--all", "--json", ...config("plugbay"));
  const { items, total, pages } = JSON.parse(stdout);
  expect({ total, pages }).toEqual({ total: 2_345, pages: 1 });
  expect(new Set(items.map(({ id }: { id: string }) => id)).size).toBe(2_345);
});

test("list --retired has what a sync retired, and says so when there is nothing", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const none = await runCli(folder, "list", "--retired", ...config("plugbay"));
  expect(none).toMatchObject({ code: 0, stdout: "Nothing found.\n" });

  const [first] = plugbay.items(otp);
  await plugbay.control.retire([first?.id ?? ""], { actor: "alice" });
  const one = await runCli(folder, "list", "--retired", "--json", ...config("plugbay"));
  expect(JSON.parse(one.stdout).items).toMatchObject([{ module: sms.module, retiredBy: "operator" }]);
});

test("list --types counts the items of each type, and goes with no filter", async () => {
  const folder = await makeFolder();
  await openIn(folder, [notifier]);
  const { stdout } = await runCli(folder, "list", "--types", ...config("plugbay"));
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ["TYPE", "ACTIVE", "RESERVED", "DISABLED", "RETIRED", "SERVES NOW"],
    ["notifier (apps/notify)", "0", "0", "0", "0", "no process reports"],
  ]);
  const both = await runCli(folder, "list", "--types", "--search", "sms", ...config("plugbay"));
  expect(both).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--types") });
});

test("explain and list --types say what serves in the processes of the application, also where they differ", async () => {
  const folder = await makeFolder();
  const heartbeatMs = 15_000;
  const fewer = await openIn(folder, [otp, mail], { heartbeatMs });
  const types = async () =>
    JSON.parse((await runCli(folder, "list", "--types", "--json", ...config("plugbay"))).stdout);
  const shown = async (...words: string[]) => (await runCli(folder, ...words, ...config("plugbay"))).stdout;
  await expect.poll(async () => (await fewer.control.processes())[0]?.serves.length).toBe(1);
  expect(await shown("explain", "otp")).toContain("Serves now: apps/mail:smtp in 1 of 1 process.");

  const whole = await openIn(folder, [otp, sms, mail], { heartbeatMs });
  await expect
    .poll(async () => {
      const [id = ""] = (await whole.control.types()).map((type) => type.id);
      return (await whole.control.fleet()).servingNow(id).by.length;
    })
    .toBe(2);
  expect(await shown("explain", "otp")).toMatch(
    /^Serves now: apps\/\S+ (\(lower choice\) )?in 1 of 2 processes, apps\/\S+ (\(lower choice\) )?in 1 of 2 processes\.$/m,
  );
  expect(await shown("list", "--types")).toMatch(/apps\/sms:sms in 1 of 2 processes/);
  const [{ servingNow }] = await types();
  expect(servingNow).toMatchObject({ processes: 2 });
  expect(servingNow.by).toContainEqual({
    item: { id: expect.any(String), module: "apps/sms", name: "sms", label: "" },
    how: "first-choice",
    processes: 1,
    since: expect.any(String),
  });
});
