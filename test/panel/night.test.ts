import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { createRegistry } from "plugbay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withUsers } from "../../src/cli/with-users.ts";
import { databaseAt } from "../cluster/harness/databases.ts";
import { Member } from "../cluster/harness/member.ts";
import type { Setup } from "../cluster/harness/setup.ts";
import { waitFor } from "../cluster/harness/wait-for.ts";
import { password, secret } from "../serve/credentials.ts";
import { Panel } from "../serve/panel.ts";
import { findBrowser, launchBrowser } from "./browser.ts";

const program = await findBrowser();
const email = "operator@example.com";
const harness = (file: string) =>
  JSON.stringify(fileURLToPath(new URL(`../cluster/harness/${file}`, import.meta.url)));

/** Two processes of an application and `plugbay serve`, each a process of its own, over one database. */
describe.skipIf(program === undefined)("a night's outage", () => {
  let folder: string;
  let setup: Setup;
  let members: Member[] = [];
  let panel: Panel;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "plugbay-night-"));
    setup = {
      database: { kind: "sqlite", url: join(folder, "app.db") },
      types: [
        {
          name: "otp",
          plugins: [
            { name: "primary", priority: 1 },
            { name: "backup", priority: 2 },
          ],
        },
      ],
      options: { migrate: true },
    };
    await writeFile(
      join(folder, "plugbay.config.ts"),
      `import { databaseAt } from ${harness("databases.ts")};
       import { define } from ${harness("definitions.ts")};
       const { types, plugins } = define(${JSON.stringify(setup.types)});
       export default {
         database: databaseAt(${JSON.stringify(setup.database)}),
         plugins: [...types.values(), ...plugins],
         serve: ${JSON.stringify({ secret })},
       };`,
    );
    members = await Member.startSome(2);
    for (const member of members) await member.ask("open", setup);
    await withUsers(
      { database: databaseAt(setup.database), plugins: createRegistry(), file: "plugbay.config.ts" },
      { command: "user create", migrate: true },
      (users) => users.create({ email, role: "editor", password }),
    );
    [panel, browser] = await Promise.all([Panel.start(folder), launchBrowser(program ?? "")]);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await panel?.stop("SIGKILL");
    await Promise.all(members.map((member) => member.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  const well = "Everything is served by its first choice, in 2 of 2 processes";
  const attention = (page: Page) => page.getByRole("region", { name: "Needs attention" });
  /** What a call comes to in each process, while these plugins fail. */
  const calls = (...failing: string[]) =>
    Promise.all(members.map((member) => member.ask("run", "otp", failing)));
  /** What serves in each process. */
  const serving = async () =>
    Promise.all(
      members.map(async (member) => {
        const { itemId } = await member.ask("get", "otp");
        return (await member.ask("items", "otp")).find(({ id }) => id === itemId)?.name;
      }),
    );

  test("is seen, understood, switched with two clicks, in force in all processes, and undone in the morning", {
    timeout: 240_000,
  }, async () => {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(60_000);
    const evening = await context.newPage();
    await evening.goto(panel.url);
    await evening.locator("input[name=email]").fill(email);
    await evening.locator("input[name=password]").fill(password);
    await evening.keyboard.press("Enter");
    await evening.getByRole("region", { name: well }).waitFor();

    // The outage: calls are rescued by the other item, until the first one is put aside in all processes.
    for (let call = 0; call < 5; call += 1) expect(await calls("primary")).toEqual(["backup", "backup"]);
    await attention(evening).getByText("Not the first choice", { exact: true }).waitFor();
    await evening.close();

    const night = await context.newPage();
    let clicks = 0;
    const click = async (button: Locator) => {
      await button.click();
      clicks += 1;
    };
    await night.goto(panel.url);
    await attention(night)
      .getByText(/connect ECONNREFUSED primary\.example\.com/)
      .waitFor();
    await click(night.getByRole("button", { name: "Serve backup now…", exact: true }));
    const dialog = night.getByRole("dialog", { name: "Serve backup now" });
    await dialog
      .getByText("backup serves instead of primary")
      .or(dialog.getByText("Nothing changes"))
      .first()
      .waitFor();
    await click(dialog.getByRole("button", { name: "Serve now" }));
    await night.getByText("backup is the first choice now.").waitFor();
    await night.getByText(well).waitFor();
    expect(clicks).toBeLessThanOrEqual(3);
    expect(await serving()).toEqual(["backup", "backup"]);
    expect(await calls("primary")).toEqual(["backup", "backup"]);
    await night.close();

    // In the morning the provider is back.
    const morning = await context.newPage();
    await morning.goto(panel.url);
    const release = morning.getByRole("button", { name: "Release primary", exact: true });
    await release.click();
    await morning.getByRole("region", { name: well }).waitFor();
    await morning
      .getByRole("region", { name: "Latest changes" })
      .getByRole("link", { name: "History" })
      .click();
    await morning
      .getByRole("button", { name: /^Revert the change to backup/ })
      .first()
      .click();
    await morning.getByRole("button", { name: "Revert the change", exact: true }).click();
    await morning.getByText("Reverted the change to backup.").waitFor();
    await waitFor("that the first choice serves again", 30_000, async () =>
      (await serving()).every((name) => name === "primary"),
    );
    expect(await calls()).toEqual(["primary", "primary"]);
    await morning.getByRole("link", { name: "Overview" }).click();
    await morning.getByRole("region", { name: well }).waitFor();
    await context.close();
  });
});
