import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { definePlugin } from "plugbay";
import { expect, test } from "vitest";
import { ManualClock } from "../runtime/manual-clock.ts";
import { former, hostileError, mail, otp, providers } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the page of the processes", () => {
  const panel = usePanel();
  const { visit } = panel;

  const card = (page: Page, version: string) =>
    page
      .locator("main li")
      .filter({ has: page.getByRole("heading"), hasText: version })
      .first();
  const noted = async (version: string) =>
    (await panel.server.plugbay.control.processes()).find((process) => process.version === version);
  const change = async (priority: number) => {
    const { plugbay, idOf } = panel.server;
    await plugbay.control.updateItem(await idOf("voice"), { priority }, { actor: "bob" });
  };

  test("tells of the process that answers, and of the plugins that failed or that it misses", async () => {
    const { page } = await visit("/processes");
    const process = card(page, "2.0.0");
    await process.getByText("This panel's process", { exact: true }).waitFor();
    const told = await process.innerText();
    for (const part of ["Up to date", "2.0.0", "Live", "1 plugin failed", "pigeon"]) {
      expect(told).toContain(part);
    }
    const failures = await page.getByRole("region", { name: "Failed plugins" }).innerText();
    for (const part of ["pigeon", hostileError, "1 process"]) expect(failures).toContain(part);
    expect(told).toContain("1 plugin is missing");
    const missing = await page.getByRole("region", { name: "Missing plugins" }).innerText();
    for (const part of ["telegraph", "1 process"]) expect(missing).toContain(part);
    expect(await page.locator("main img").count()).toBe(0);
  });

  test("says what is wrong when it is asked", async () => {
    const { page } = await visit("/processes");
    const section = page.getByRole("region", { name: "Diagnosis" });
    await section.getByRole("button", { name: "Diagnose" }).click();
    await section.getByText(/\d+ problems?, \d+ warnings?/).waitFor();
    const told = await section.innerText();
    expect(told.split(hostileError)).toHaveLength(2);
    expect(told).toContain("npx plugbay set");
    expect(await section.locator("img").count()).toBe(0);
    await section.getByRole("link", { name: "Open the item" }).first().click();
    await page.waitForURL(/\/items\//);
  });

  test("ticks", async () => {
    const { page } = await visit("/processes");
    const heardFrom = page.locator("dt", { hasText: "Last report" }).locator("+ dd");
    const before = await heardFrom.innerText();
    await expect.poll(() => heardFrom.innerText()).not.toBe(before);
  });

  test("tells which process misses a plugin that others have", async () => {
    const version = "1.9.0-old";
    const plugins = [...providers.filter((definition) => definition !== mail), former];
    await using _old = await panel.server.openProcess({ plugins, version });
    await expect.poll(() => noted(version)).toBeDefined();
    const { page } = await visit("/processes");
    await page.getByText("2 processes serve.").waitFor();
    const old = await card(page, version).innerText();
    for (const part of ["Up to date", "1 plugin is missing"]) expect(old).toContain(part);
    const missing = page.getByRole("region", { name: "Missing plugins" }).getByRole("listitem");
    const line = (name: string) => missing.filter({ has: page.getByRole("link", { name }) }).innerText();
    expect(await line("mail")).toMatch(/1 of 2 processes[\s\S]*1\.9\.0-old/);
    expect(await line("telegraph")).toMatch(/1 of 2 processes[\s\S]*2\.0\.0/);
    expect(old).not.toContain("This panel's process");
  });

  test("tells which process cannot make a plugin ready, and why", async () => {
    const version = "2.0.1-broken";
    const broken = definePlugin(otp, {
      name: "mail",
      module: "apps/otp-mail",
      create: () => {
        throw new Error("no route to the host of the mail");
      },
    });
    const plugins = [...providers.filter((definition) => definition !== mail), broken];
    await using _broken = await panel.server.openProcess({ plugins, version });
    const failed = async () =>
      (await noted(version))?.troubles.filter(({ state }) => state === "failed").length;
    await expect.poll(failed).toBe(2);
    const visitor = await visit("/processes");
    const { page } = visitor;
    const told = await card(page, version).innerText();
    for (const part of ["2 plugins failed", "mail", "pigeon"]) expect(told).toContain(part);
    const failure = page
      .getByRole("region", { name: "Failed plugins" })
      .locator("li")
      .filter({ hasText: "no route to the host of the mail" });
    expect(await failure.innerText()).toContain(version);
    expect(await card(page, "2.0.0").innerText()).toContain("1 plugin failed");
    expect(await visitor.violations()).toEqual([]);

    await visitor.open(`/items/${await panel.server.idOf("mail")}`);
    await page.getByText("no route to the host of the mail").waitFor();
  });

  test("tells a failure of several processes once, with their list, as the page of the item does", async () => {
    const versions = ["2.1.0-one", "2.1.0-two"];
    await using _one = await panel.server.openProcess({ plugins: providers, version: "2.1.0-one" });
    await using _two = await panel.server.openProcess({ plugins: providers, version: "2.1.0-two" });
    for (const version of versions) await expect.poll(() => noted(version)).toBeDefined();
    const visitor = await visit("/processes");
    const { page } = visitor;
    const said = page.locator("main").getByText(hostileError);
    await page.getByText("3 processes", { exact: true }).waitFor();
    expect(await said.count()).toBe(1);
    const failures = await page.getByRole("region", { name: "Failed plugins" }).innerText();
    for (const version of versions) expect(failures).toContain(version);
    expect(await visitor.violations()).toEqual([]);

    await visitor.open(`/items/${await panel.server.idOf("pigeon")}`);
    const section = page.getByRole("region", { name: "Processes" });
    await section.getByText("3 processes", { exact: true }).waitFor();
    expect(await section.getByText(hostileError).count()).toBe(1);
    for (const version of versions) expect(await section.innerText()).toContain(version);
    expect(await visitor.violations()).toEqual([]);
  });

  test("shows the first plugins of many that are missing, and the others on demand", async () => {
    const version = "0.1.0-small";
    await using _small = await panel.server.openProcess({ plugins: [otp, mail], version });
    await expect.poll(() => noted(version)).toBeDefined();
    const { page } = await visit("/processes");
    await card(page, version)
      .getByText(/^\d+ plugins are missing$/)
      .waitFor();
    const missing = page.getByRole("region", { name: "Missing plugins" });
    expect(await missing.getByRole("link").count()).toBe(5);
    await missing.getByRole("button", { name: /^\d+ more$/ }).click();
    expect(await missing.getByRole("link").count()).toBeGreaterThan(100);
  });

  test("tells of a plugin that several processes miss once, with their list, the one that most miss first", async () => {
    const versions = ["1.8.0-one", "1.8.0-two", "1.8.0-three"];
    const without = providers.filter((definition) => definition !== mail);
    await using _one = await panel.server.openProcess({ plugins: without, version: "1.8.0-one" });
    const plugins = [...without, former];
    await using _two = await panel.server.openProcess({ plugins, version: "1.8.0-two" });
    await using _three = await panel.server.openProcess({ plugins, version: "1.8.0-three" });
    for (const version of versions) await expect.poll(() => noted(version)).toBeDefined();
    const visitor = await visit("/processes");
    const { page } = visitor;
    const lines = page
      .getByRole("region", { name: "Missing plugins" })
      .getByRole("listitem")
      .filter({ has: page.getByRole("link") });
    expect(await lines.count()).toBe(2);
    expect(await lines.nth(0).innerText()).toMatch(/^mail[\s\S]*3 of 4 processes/);
    expect(await lines.nth(1).innerText()).toMatch(/^telegraph[\s\S]*2 of 4 processes/);
    for (const version of versions) expect(await lines.nth(0).innerText()).toContain(version);
    expect(await visitor.violations()).toEqual([]);
  });

  test("tells how far behind a process is that has spoken since the latest change", async () => {
    const version = "2.0.2-behind";
    const clock = new ManualClock();
    await using _behind = await panel.server.openProcess({
      plugins: providers,
      version,
      clock,
      pollIntervalMs: false,
    });
    await expect.poll(() => noted(version)).toBeDefined();
    const { page } = await visit("/processes");
    await card(page, version).getByText("Up to date", { exact: true }).waitFor();
    await change(31);
    await card(page, version).getByText("No report since the latest change").waitFor();
    await change(32);

    // Its next sign of life comes after the change, and still of the revision before.
    const before = (await noted(version))?.seenAt;
    await sleep(2_100);
    await clock.advance(20_000);
    await expect.poll(async () => (await noted(version))?.seenAt).not.toBe(before);
    await page.reload();
    const behind = card(page, version);
    await behind.getByText("2 revisions behind", { exact: true }).waitFor();
    expect(await behind.innerText()).toContain(
      "It serves from an older revision until it has read the latest one",
    );
    await card(page, "2.0.0").getByText("Up to date", { exact: true }).waitFor();
  });

  test("marks a process that has been silent for long, whatever it said last", async () => {
    const version = "2.0.3-stuck";
    await using _stuck = await panel.server.openProcess({
      plugins: providers,
      version,
      clock: new ManualClock(),
      pollIntervalMs: false,
    });
    await expect.poll(() => noted(version)).toBeDefined();
    await panel.server.silence(version, 70_000);
    const visitor = await visit("/processes");
    const stuck = card(visitor.page, version);
    await stuck.getByText("Silent", { exact: true }).waitFor();
    expect(await stuck.innerText()).toMatch(/Last report\s+1 minute ago/);
    expect(await card(visitor.page, "2.0.0").getByText("Silent", { exact: true }).count()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
  });

  test("no longer lists a process that ended, once something has changed", async () => {
    const version = "2.0.4-ending";
    const ending = await panel.server.openProcess({ plugins: providers, version });
    await expect.poll(() => noted(version)).toBeDefined();
    const { page } = await visit("/processes");
    await card(page, version).waitFor();
    await ending.close();
    await change(33);
    await card(page, version).waitFor({ state: "detached" });
  });
});
