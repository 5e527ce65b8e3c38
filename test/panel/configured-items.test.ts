import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { addSample, configuredSetup, newLabel, servedConfig } from "./configured.ts";
import { labelled } from "./labelled.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("items with configs", () => {
  const panel = usePanel(configuredSetup);
  const typePath = async () => `/types/${await panel.server.typeIdOf("notifier")}`;
  const openItem = async (id: string, actor = "alice") => panel.visit(`/items/${id}`, { actor });
  const item = (id: string) => panel.server.plugbay.control.getItem(id);
  const field = (page: Page, name: string) => labelled(page, name);
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const idIn = (page: Page) => page.url().split("/").at(-1) ?? "";

  test("are added on a type's page, once however often that is asked", async () => {
    const label = newLabel("orders");
    const visitor = await panel.visit(await typePath());
    const { page } = visitor;
    await page.getByRole("link", { name: "Add item" }).click();
    await field(page, "Plugin").selectOption({ label: "webhook · apps/notify-hook" });
    await page.getByText("A label is required.").waitFor();
    expect(await button(page, "Add item").isDisabled()).toBe(true);
    await field(page, "Label").fill(label);
    await page.locator("label", { hasText: "Reserved" }).click();
    await field(page, "Priority").fill("3");
    await field(page, "Address").fill("https://orders.example.com/");
    await field(page, "Token").fill("the token");
    expect(await field(page, "Timeout").inputValue()).toBe("");
    expect(await field(page, "Timeout").getAttribute("placeholder")).toBe("Default: 5000");
    expect(await visitor.violations()).toEqual([]);
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/api/items")) sent.push(request.url());
    });
    await button(page, "Add item").dblclick();
    await page.getByText(`Added webhook (${label}).`).waitFor();
    await page.getByRole("heading", { name: `webhook (${label})` }).waitFor();
    expect(sent).toHaveLength(1);
    expect(await item(idIn(page))).toMatchObject({ label, status: "reserve", priority: 3 });
    expect((await item(idIn(page))).config).not.toHaveProperty("timeoutMs");
    expect(servedConfig(panel.server.plugbay, idIn(page))).toEqual({
      url: "https://orders.example.com/",
      token: "the token",
      timeoutMs: 5_000,
    });
  });

  test("are added, or duplicated, once it was said what would serve then", async () => {
    const path = `${await typePath()}/add?module=apps/notify-hook&name=webhook`;
    const { page } = await panel.visit(path);
    await field(page, "Priority").fill("-900");
    const serves = page.getByText(/^webhook serves instead of \w+.* \(not in use so far/);
    await serves.waitFor();
    await page.locator("label", { hasText: "Reserved" }).click();
    await page.getByText("What serves now stays the same.").waitFor();
    await page.locator("label", { hasText: "Disabled" }).click();
    await page.getByText("What serves now stays the same.").waitFor({ state: "detached" });

    const id = await addSample(panel.server.plugbay, "webhook");
    await panel.server.plugbay.control.updateItem(
      id,
      { priority: -800, status: "disable" },
      { actor: "bob" },
    );
    const copy = await openItem(id);
    await button(copy.page, "Duplicate").click();
    const dialog = copy.page.getByRole("dialog");
    await dialog.locator("label", { hasText: "Active" }).click();
    await dialog.getByText(/^webhook serves instead of /).waitFor();
    await panel.server.plugbay.control.retire([id], { actor: "bob" });
  });

  test("say at the field that a label is taken", async () => {
    const label = newLabel("taken");
    await addSample(panel.server.plugbay, "webhook", label);
    const visitor = await panel.visit(`${await typePath()}/add?module=apps/notify-hook&name=webhook`);
    visitor.expectRefusal(409);
    const { page } = visitor;
    await field(page, "Label").fill(label);
    await field(page, "Address").fill("https://orders.example.com/");
    await field(page, "Token").fill("the token");
    await button(page, "Add item").click();
    await page.getByText("Another item of this plugin has this label").waitFor();
    expect(await field(page, "Label").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("are duplicated with their secrets, disabled until somebody looked at them", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { page } = await openItem(id);
    await button(page, "Duplicate").click();
    const dialog = page.getByRole("dialog");
    const label = newLabel("copy");
    await field(page, "Label").fill(label);
    await dialog.getByRole("button", { name: "Duplicate" }).click();
    await page.getByRole("heading", { name: `webhook (${label})` }).waitFor();
    expect(idIn(page)).not.toBe(id);
    expect(await item(idIn(page))).toMatchObject({ label, status: "disable" });
    const { token } = (await item(idIn(page))).config as { token: unknown };
    expect(token).toMatchObject({ secret: "set" });
  });

  test("are renamed, and stay the same item", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const visitor = await openItem(id);
    const { page } = visitor;
    await button(page, "Rename").click();
    const dialog = page.getByRole("dialog");
    await page.locator(":focus").and(field(page, "Label")).waitFor();
    expect(await visitor.violations()).toEqual([]);
    const label = newLabel("renamed");
    await field(page, "Label").fill(label);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("heading", { name: `webhook (${label})` }).waitFor();
    expect(await item(id)).toMatchObject({ id, label });
  });

  test("ask before what is not saved gets lost", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { page } = await openItem(id);
    await field(page, "Timeout").fill("1");
    const questions: string[] = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole("link", { name: "History", exact: true }).click();
    expect(questions).toEqual(["Discard unsaved changes?"]);
    expect(idIn(page)).toBe(id);
    await page
      .getByRole("region", { name: "Configuration" })
      .getByRole("button", { name: "Discard" })
      .click();
    expect(await field(page, "Timeout").inputValue()).toBe("5000");
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.waitForURL("**/history");
    expect(questions).toHaveLength(1);
  });

  describe("that two operators change at once", { timeout: 120_000 }, () => {
    const section = (page: Page) => page.getByRole("region", { name: "Configuration" });
    const save = (page: Page) => section(page).getByRole("button", { name: "Save" }).click();

    async function collide() {
      const id = await addSample(panel.server.plugbay, "webhook");
      const [alice, bob] = await Promise.all([openItem(id, "alice"), openItem(id, "bob")]);
      alice.expectRefusal(409);
      await field(alice.page, "Timeout").fill("111");
      await field(alice.page, "Token").fill("token of alice");
      await field(bob.page, "Timeout").fill("999");
      await field(bob.page, "Address").fill("https://bob.example.com/");
      await save(bob.page);
      await bob.page.getByText(/^Saved /).waitFor();
      await section(alice.page).getByText("When you save, you can choose which values to keep").waitFor();
      await save(alice.page);
      const dialog = alice.page.getByRole("dialog");
      await dialog.getByText("by bob", { exact: true }).waitFor();
      return { id, alice, dialog };
    }

    test("show both, and keep mine where I changed something", async () => {
      const { id, alice, dialog } = await collide();
      expect(await dialog.getByRole("row", { name: /^Timeout/ }).innerText()).toMatch(
        /Different\s+111\s+999/,
      );
      expect(await dialog.getByRole("row", { name: /^Address/ }).innerText()).toMatch(
        /Not changed by you\s+https:\/\/bob\.example\.com/,
      );
      expect(await dialog.getByRole("row", { name: /^Token/ }).innerText()).toMatch(
        /A new secret\s+Set on .+, fingerprint/,
      );
      expect(await alice.violations()).toEqual([]);
      await dialog.getByRole("button", { name: "Keep mine" }).click();
      await alice.page.getByText(/^Saved /).waitFor();
      expect(servedConfig(panel.server.plugbay, id)).toEqual({
        url: "https://bob.example.com/",
        token: "token of alice",
        timeoutMs: 111,
      });
    });

    test("show both, and take theirs", async () => {
      const { id, alice, dialog } = await collide();
      await dialog.getByRole("button", { name: "Take theirs" }).click();
      await dialog.waitFor({ state: "hidden" });
      await expect.poll(() => field(alice.page, "Timeout").inputValue()).toBe("999");
      expect(await field(alice.page, "Token").inputValue()).toBe("");
      expect(servedConfig(panel.server.plugbay, id)).toMatchObject({ token: "first token", timeoutMs: 999 });
    });

    test("go on where the other one changed something else of the item", async () => {
      const id = await addSample(panel.server.plugbay, "webhook");
      const { page } = await openItem(id);
      await field(page, "Timeout").fill("111");
      await panel.server.plugbay.control.updateItem(id, { priority: 77 }, { actor: "bob" });
      await expect.poll(() => field(page, "Priority").inputValue()).toBe("77");
      await save(page);
      await page.getByText(/^Saved /).waitFor();
      expect(await item(id)).toMatchObject({ priority: 77, config: { timeoutMs: 111 } });
    });
  });

  test("are told of by the titles of the form, in the config that is only shown and in the history", async () => {
    const id = await addSample(panel.server.plugbay, "mailer");
    const config = {
      ...((await item(id)).config as object),
      route: { kind: "http", url: "https://m.example.com/" },
    };
    const { control } = panel.server.plugbay;
    const { revision } = await control.updateItem(id, { config }, { actor: "bob" });
    const host = (place: Pick<Page, "getByRole">) =>
      place.getByRole("rowheader").filter({ hasText: "Delivery › Host" }).first();
    const history = await panel.visit(`/history?item=${id}`);
    await host(history.page).waitFor();
    const revert = history.page.getByRole("button", { name: /^Revert the change to mailer/ }).first();
    await revert.click();
    await host(history.page.getByRole("dialog")).waitFor();
    await history.open(`/history/changes/${revision}`);
    await history.page.getByRole("button", { name: /^Revert all of it/ }).click();
    await host(history.page.getByRole("dialog")).waitFor();
    for (const locale of ["en-GB", "fa-IR"]) {
      const visitor = await panel.visit(`/items/${id}`, { access: "read", locale });
      const { page } = visitor;
      await page.locator("dt", { hasText: "Delivery › URL" }).waitFor();
      expect(await page.locator('dt [title="route.url"]').innerText()).toBe("Delivery › URL");
      const row = page.getByRole("rowheader").filter({ hasText: "Delivery › Host" });
      expect(await row.innerText()).toContain("route.host");
      expect(await visitor.violations()).toEqual([]);
    }
  });

  test("are told of in the history by each path that differs, and of a replaced secret by both fingerprints", async () => {
    const { control } = panel.server.plugbay;
    const id = await addSample(panel.server.plugbay, "webhook");
    const fingerprint = async () =>
      ((await item(id)).config as { token: { fingerprint: string } }).token.fingerprint;
    const old = await fingerprint();
    const config = { url: "https://hook.example.com/", token: "second token", timeoutMs: 9_000 };
    const { revision } = await control.updateItem(id, { config }, { actor: "bob" });
    const next = await fingerprint();
    expect(next).not.toBe(old);
    const visitor = await panel.visit(`/history?item=${id}&actor=bob`);
    const { page } = visitor;
    for (const path of ["", `/history/changes/${revision}`]) {
      if (path !== "") await visitor.open(path);
      const rows = page
        .getByRole("table")
        .getByRole("row")
        .filter({ has: page.getByRole("cell") });
      // The titles come after the paths.
      await rows.filter({ hasText: "Token" }).waitFor();
      const said = (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " "));
      expect(said.toSorted()).toEqual([
        "Config Timeout timeoutMs 5,000 9,000",
        `Config Token token Secret ${old} Secret ${next}`,
      ]);
      expect(await page.getByRole("main").innerText()).not.toMatch(/(first|second) token/);
      expect(await visitor.violations()).toEqual([]);
    }
  });

  test("show a reader the config and nothing to change it with", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { page } = await panel.visit(`/items/${id}`, { access: "read" });
    const section = page.getByRole("region", { name: "Configuration" });
    await section.getByText("https://hook.example.com/").waitFor();
    await section.getByText(/^Set on .+, fingerprint/).waitFor();
    expect(await section.getByRole("term").allInnerTexts()).toEqual(["Address", "Token", "Timeout"]);
    expect(await section.getByText("Timeout").locator("xpath=..").getAttribute("title")).toBe("timeoutMs");
    expect(await section.getByRole("textbox").count()).toBe(0);
    expect(await page.getByRole("button", { name: /Save|Rename|Duplicate|Test connection/ }).count()).toBe(0);
    const type = await panel.visit(await typePath(), { access: "read" });
    await type.page.getByText("You can view this type").waitFor();
    expect(await type.page.getByRole("link", { name: "Add item" }).count()).toBe(0);
  });

  test("are not offered by a type whose plugins take no configs", async () => {
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    await page.getByRole("heading", { name: "otp" }).waitFor();
    expect(await page.getByRole("link", { name: "Add item" }).count()).toBe(0);
  });
});
