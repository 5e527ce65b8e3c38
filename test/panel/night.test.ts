import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { createRegistry } from "plugbay";
import { Webhook } from "standardwebhooks";
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
const webhookSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

interface Message {
  readonly type: string;
  readonly data: {
    readonly entry?: { readonly code: string };
    readonly changes?: readonly { readonly actor: string }[];
  };
}

/** The colleagues, as a webhook reaches them; what is not signed fails. */
async function receiver() {
  const messages: Message[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    messages.push(new Webhook(webhookSecret).verify(Buffer.concat(chunks).toString(), headers) as Message);
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    codes: (type: string) =>
      messages.flatMap((one) => (one.type === type ? (one.data.entry?.code ?? []) : [])),
    changes: () => messages.flatMap(({ data }) => data.changes?.map(({ actor }) => actor) ?? []),
    close: () => server.close(),
  };
}

const harness = (file: string) =>
  JSON.stringify(fileURLToPath(new URL(`../cluster/harness/${file}`, import.meta.url)));

/** Three processes of an application and `plugbay serve`, each a process of its own, over one database, and colleagues. */
describe.skipIf(program === undefined)("a night's outage", () => {
  let folder: string;
  let setup: Setup;
  let members: Member[] = [];
  let panel: Panel;
  let browser: Browser;
  let colleagues: Awaited<ReturnType<typeof receiver>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "plugbay-night-"));
    colleagues = await receiver();
    setup = {
      webhooks: [{ url: colleagues.url, secret: webhookSecret, on: { changes: true } }],
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
    members = await Member.startSome(3);
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
    colleagues?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const well = "Everything is served by its first choice, in 3 of 3 processes";
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

  test("is seen, understood, switched with two clicks, in force in all processes, told colleagues, and undone in the morning", {
    timeout: 300_000,
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
    for (let call = 0; call < 5; call += 1)
      expect(await calls("primary")).toEqual(["backup", "backup", "backup"]);
    await attention(evening).getByText("Not the first choice", { exact: true }).waitFor();
    await waitFor("that colleagues are told", 60_000, async () =>
      ["lower-choice", "item-circuit"].every((code) => colleagues.codes("attention.new").includes(code)),
    );
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
    await night.getByText("In force in 3 of 3 processes.").waitFor();
    await night
      .getByRole("region", { name: "Needs attention" })
      .getByText("Not the first choice")
      .waitFor({ state: "detached" });
    expect(clicks).toBeLessThanOrEqual(3);
    expect(await serving()).toEqual(["backup", "backup", "backup"]);
    expect(await calls("primary")).toEqual(["backup", "backup", "backup"]);
    await night.close();
    await waitFor("that colleagues are told what was done", 60_000, async () =>
      colleagues.changes().includes(email),
    );
    await waitFor("that colleagues are told that it is over", 120_000, async () =>
      colleagues.codes("attention.ended").includes("lower-choice"),
    );

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
    expect(await calls()).toEqual(["primary", "primary", "primary"]);
    await morning.getByRole("link", { name: "Overview" }).click();
    await morning.getByRole("region", { name: well }).waitFor();
    await context.close();
  });
});
