import { expect, test } from "vitest";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

async function start() {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const run = (...words: string[]) => runCli(folder, ...words, ...config("payment"));
  return { plugbay, run };
}

const add = [
  "item",
  "add",
  "gateway",
  "apps/http",
  "http",
  "--item-config",
  '{"url":"https://pay.example.com"}',
];

test("item add takes no label for a plugin's only item, and one for each other", async () => {
  const { plugbay, run } = await start();
  expect((await run("list", "--configurable")).stdout).toMatch(/gateway .*apps\/http:http +0$/m);
  expect(await run(...add)).toMatchObject({ code: 0, stderr: "" });
  await plugbay.refresh();
  expect(plugbay.items(gateway).map(({ label }) => label)).toEqual([""]);
  expect(await run(...add)).toMatchObject({ code: 4, stdout: "" });
  expect(await run(...add, "--label", "us", "--status", "Disabled")).toMatchObject({ code: 0 });
  const configurable = await run("list", "--configurable", "--type", "gateway", "--json");
  expect(JSON.parse(configurable.stdout)).toEqual([
    expect.objectContaining({ module: "apps/http", name: "http", items: 2 }),
  ]);
  expect((await run("list", "--configurable", "--type", "otp")).stdout).toBe("Nothing found.\n");
});

test("a status is taken as it is printed, in any case", async () => {
  const { plugbay, run } = await start();
  await run(...add);
  for (const [written, status] of [
    ["Reserved", "reserve"],
    ["DISABLED", "disable"],
    ["active", "active"],
  ] as const) {
    expect(await run("set", "http", "--status", written)).toMatchObject({ code: 0 });
    await plugbay.refresh();
    expect(plugbay.items(gateway)[0]?.status).toBe(status);
    const listed = JSON.parse((await run("list", "--status", written, "--json")).stdout);
    expect(listed.total).toBeGreaterThan(0);
  }
  expect(await run("set", "http", "--status", "off")).toMatchObject({ code: 2, stdout: "" });
});

test("history begins at a time or an age", async () => {
  const { run } = await start();
  await run(...add);
  for (const since of ["1h", "2020-01-01", "2020-01-01T08:00:00Z"]) {
    expect((await run("history", "--since", since)).stdout).toContain("create item");
  }
  expect((await run("history", "--since", "2999-01-01")).stdout).toBe("Nothing found.\n");
  for (const since of ["yesterday", "7x", "2026-02-31", "2026-13-01", "999999999999999w"]) {
    expect(await run("history", "--since", since), since).toMatchObject({ code: 2, stdout: "" });
  }
});
