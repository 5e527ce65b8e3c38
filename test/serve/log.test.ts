import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "../../src/serve/network/listen.ts";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { runCli } from "../cli/run-cli.ts";
import { Workplace } from "./workplace.ts";

const library = JSON.stringify(fileURLToPath(new URL("../../src/index.ts", import.meta.url)));

/** A plugin whose check leaves two faults behind that nobody waits for. */
const careless = `
  import { definePlugin, definePluginType } from ${library};
  const type = definePluginType({ name: "sender", manager: "apps/sender", methods: { send: "required" } });
  const plugin = definePlugin(type, {
    name: "careless",
    module: "apps/careless",
    create: () => ({ send: () => undefined }),
    check: () => {
      setTimeout(() => { throw new Error("the socket was reset \\u001b[2J"); }, 1);
      void Promise.reject(new Error("nobody waits for this"));
      return "fine";
    },
  });\n`;

/** A panel with that plugin, somebody who may try it, and what its log says. */
async function carelessPanel(...operands: string[]) {
  const workplace = await Workplace.ready();
  onTestFinished(() => workplace[Symbol.asyncDispose]());
  const config = join(workplace.folder, "plugbay.config.ts");
  const text = await readFile(config, "utf8");
  await writeFile(config, careless + text.replace("plugins: all", "plugins: [all, type, plugin]"));
  expect(await runCli(workplace.folder, "sync")).toMatchObject({ code: 0 });
  const panel = await workplace.start(...operands);
  onTestFinished(() => panel[Symbol.asyncDispose]());
  const browser = await panel.signedIn(await workplace.someone("editor"));
  const { body } = await browser.api("types");
  const { id } = (body.types as { id: string; name: string }[]).find(({ name }) => name === "sender") ?? {};
  const check = () =>
    browser.send("POST", `types/${id}/check`, { module: "apps/careless", name: "careless" });
  return { workplace, panel, browser, check };
}

/** Has the processes fail to be read, for a reason that no panel foresees. */
async function breakProcesses({ folder }: Workplace): Promise<void> {
  const Driver = await loadSqliteDriver();
  const file = new Driver(join(folder, "app.db"));
  file.exec("alter table plugbay_process rename to plugbay_process_before");
  file.exec("create view plugbay_process as select 1 as one");
  file.close();
}

test("what a check leaves behind is logged as lines of JSON, and the panel goes on", async () => {
  const { workplace, panel, browser, check } = await carelessPanel("--log", "json");
  expect(await check()).toMatchObject({ status: 200, body: { ok: true, message: "fine" } });
  expect(await check()).toMatchObject({ status: 200 });
  await breakProcesses(workplace);
  const { status, body } = await browser.api("processes");
  expect(status).toBe(500);
  const id = String(body.instance).replace("urn:uuid:", "");
  const { code, stderr } = await panel.stop("SIGTERM");
  expect(code).toBe(0);
  const lines = stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const background = { level: "error", message: "something failed in the background" };
  expect(lines).toContainEqual({
    ...background,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    error: expect.objectContaining({ name: "Error", message: "the socket was reset \u001b[2J" }),
  });
  expect(lines).toContainEqual(
    expect.objectContaining({
      ...background,
      error: expect.objectContaining({ message: "nobody waits for this" }),
    }),
  );
  expect(lines.filter((line) => line.id === id)).toMatchObject([
    {
      level: "warning",
      message: "a request of the admin panel failed",
      detail: expect.stringContaining("no such column"),
    },
  ]);
});

test("people get lines of text, without what a terminal would obey", async () => {
  const { workplace, panel, browser, check } = await carelessPanel();
  await check();
  await breakProcesses(workplace);
  const { body } = await browser.api("processes");
  const id = String(body.instance).replace("urn:uuid:", "");
  const { stderr } = await panel.stop("SIGTERM");
  expect(stderr).toMatch(
    /^\d{4}\S+Z error: something failed in the background: the socket was reset \\u001b\[2J\n {4}Error: the socket/m,
  );
  expect(stderr).toMatch(new RegExp(`Z warning: a request of the admin panel failed \\(${id}\\)\n {4}`));
  expect(stderr).not.toContain("\u001b");
});

test("a format that there is not is an error of use", async () => {
  await using workplace = await Workplace.make();
  expect(await runCli(workplace.folder, "serve", "--log", "xml")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Allowed choices are text, json"),
  });
});

test("until it is told how to answer, a server says when to come again", async () => {
  const server = await listen("127.0.0.1", 0);
  onTestFinished(() => server.close());
  const [answer] = await once(get({ port: server.port, path: "/items" }), "response");
  expect(answer).toMatchObject({
    statusCode: 503,
    headers: { "retry-after": "1", "cache-control": "no-store" },
  });
  answer.resume();
});
