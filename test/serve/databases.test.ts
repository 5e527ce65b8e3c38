import { expect, test } from "vitest";
import { pipeToCliProcess, runCliProcess } from "../cli/cli-process.ts";
import { runCli } from "../cli/run-cli.ts";
import { onEveryDatabase } from "../store/test-database.ts";
import { password, secret } from "./credentials.ts";
import { Workplace } from "./workplace.ts";

onEveryDatabase((home) => {
  /** A folder whose config is about an empty database. */
  async function place() {
    const { address, database } = await home.elsewhere();
    return { database, expression: `${home.kind.dialect}(${JSON.stringify(address)})` };
  }

  test("the users' tables, and a file for them, are made only when they are asked for", async () => {
    await using workplace = await Workplace.make({ secret }, await place());
    const { folder } = workplace;
    const create = ["user", "create", "ada@example.com", "--role", "admin", "--no-password"];
    const list = await runCli(folder, "user", "list", "--json");
    const [code, problem] =
      home.kind.dialect === "sqlite" ? [6, "there is no file"] : [5, "plugbay user create --migrate"];
    expect(list).toMatchObject({ code, stderr: expect.stringContaining(problem) });
    expect(await runCli(folder, ...create)).toMatchObject({ code });
    expect(await runCli(folder, ...create, "--migrate")).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse((await runCli(folder, "user", "list", "--json")).stdout)).toMatchObject({
      users: [{ email: "ada@example.com", role: "admin", signsInBy: [] }],
    });
  });

  test("plugbay migrate makes the users' tables too, where the panel is served on its own", async () => {
    await using workplace = await Workplace.make({ secret }, await place());
    const { folder } = workplace;
    const outcomes = await Promise.all([1, 2, 3].map(() => runCliProcess(folder, "migrate", "--json")));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const made = outcomes.flatMap(({ stdout }) => JSON.parse(stdout).userTables as string[]);
    expect(made.sort()).toEqual(
      ["account", "rate_limit", "session", "user", "verification"].map((name) => `plugbay_auth_${name}`),
    );
    expect(await runCli(folder, "doctor")).toMatchObject({ code: 0 });
  });

  test("people sign in, are counted, change their password and sign out", async () => {
    await using workplace = await Workplace.ready({ secret }, await place());
    await workplace.someone("editor", "ada@example.com");
    await workplace.someone("reader", "rea@example.com");
    await using panel = await workplace.start();
    const [here, there] = [await panel.signedIn("ada@example.com"), await panel.signedIn("ada@example.com")];
    expect(await here.api("session")).toMatchObject({ body: { actor: "ada@example.com", access: "write" } });
    const reader = await panel.signedIn("rea@example.com");
    const { body } = await reader.api("items");
    const [item] = body.items as { id: string; version: number }[];
    const change = { version: item?.version, priority: 3 };
    expect(await reader.change(`items/${item?.id}`, change)).toMatchObject({ status: 403 });
    expect(await here.change(`items/${item?.id}`, change)).toMatchObject({ status: 200 });

    const wanted = "another long password";
    await here.post("/password", { current: password, new: wanted, again: wanted });
    expect(await here.api("session")).toMatchObject({ status: 200 });
    expect(await there.api("session")).toMatchObject({ status: 401 });
    await here.post("/sign-out", {});
    expect(await here.api("session")).toMatchObject({ status: 401 });

    const stranger = panel.browser();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      statuses.push((await stranger.signIn("ada@example.com", "guess")).status);
    }
    // The three that signed in count, too.
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect(await panel.stop("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });

  test("several processes make one user of an address", async () => {
    await using workplace = await Workplace.ready({ secret }, await place());
    const { folder } = workplace;
    const operands = ["user", "create", "ada@example.com", "--role", "reader", "--password-stdin"];
    const outcomes = await Promise.all([1, 2, 3].map(() => pipeToCliProcess(password, folder, ...operands)));
    expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 4, 4]);
    expect(JSON.parse((await runCli(folder, "user", "list", "--json")).stdout).users).toHaveLength(1);
  });
});
