import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { keyTitle } from "../../ui/src/config-form/key-title.ts";
import { addSample, configuredSetup, laxPlugins, newLabel, servedConfig } from "./configured.ts";
import { labelled } from "./labelled.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describe("the title of a field whose schema has none", () => {
  test.each([
    ["apiKey", "API key"],
    ["timeoutMs", "Timeout ms"],
    ["base_url", "Base URL"],
    ["HTTPProxy", "HTTP proxy"],
    ["max-retries", "Max retries"],
    ["id", "ID"],
    ["X-Team 1", "X-Team 1"],
    ["کلید", "کلید"],
  ])("of %s is %s", (key, title) => {
    expect(keyTitle(key)).toBe(title);
  });
});

describePanel("the form of a config", () => {
  const panel = usePanel(configuredSetup);
  const openForm = async (plugin: Parameters<typeof addSample>[1]) => {
    const id = await addSample(panel.server.plugbay, plugin);
    const visitor = await panel.visit(`/items/${id}`);
    await section(visitor.page).getByRole("textbox").first().waitFor();
    return { id, visitor, page: visitor.page };
  };
  const section = (page: Page) => page.getByRole("region", { name: "Configuration" });
  const field = (page: Page, name: string) => labelled(section(page), name);
  const group = (page: Page, name: string) => section(page).getByRole("group", { name, exact: true });
  const button = (page: Page, name: string) => section(page).getByRole("button", { name, exact: true });
  const stored = async (id: string) => (await panel.server.plugbay.control.getItem(id)).config;
  const save = async (page: Page) => {
    await button(page, "Save").click();
    await page.getByText(/^Saved /).waitFor();
  };

  test("has a field for everything that a schema says, and saves it as the right JSON", {
    timeout: 120_000,
  }, async () => {
    const { id, page, visitor } = await openForm("mailer");
    await field(page, "Sender").fill("news@example.com");
    await field(page, "Encryption").selectOption("none");
    await field(page, "Bulk mail").check();
    await field(page, "Sampling").fill("0.25");
    await button(page, "Add to Recipients").click();
    await field(page, "Recipients, number 3").fill("new@example.com");
    await button(page, "Move Recipients, number 3 up").click();
    await button(page, "Remove Recipients, number 1").click();
    await field(page, "mon").check();
    await field(page, "fri").check();
    await button(page, "Add Limits").click();
    await field(page, "Per minute").fill("30");
    for (const name of ["first", "second"]) {
      await button(page, "Add to Servers").click();
      await group(page, "Servers").getByRole("textbox", { name: "Name", exact: true }).last().fill(name);
    }
    await group(page, "Servers").getByRole("textbox", { name: "Weight", exact: true }).last().fill("7");
    await button(page, "Add Hours").click();
    await field(page, "Hours, number 1").fill("8");
    await field(page, "Hours, number 2").fill("18");
    await button(page, "Add Headers").click();
    await button(page, "Add an entry").click();
    await field(page, "Key").fill("X-Team");
    await field(page, "Key").press("Tab");
    await field(page, "Value of X-Team").fill("support");
    await field(page, "Note").fill("Two\u200alines");
    await field(page, "Retry").first().selectOption("Text");
    await field(page, "Retry").last().fill("soon");
    await field(page, "Extra").fill('{ "a": [1, true] }');
    expect(await visitor.violations()).toEqual([]);
    await save(page);
    expect(await stored(id)).toEqual({
      from: "news@example.com",
      password: {
        secret: "set",
        at: expect.any(String),
        fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/),
      },
      encryption: "none",
      route: { kind: "smtp", host: "mail.example.com", port: 587 },
      isBulk: true,
      ratio: 0.25,
      recipients: ["new@example.com", "dev@example.com"],
      days: ["mon", "fri"],
      limits: { perMinute: 30 },
      servers: [
        // What nobody touched is not stored: its default is for each process to make.
        { name: "first" },
        { name: "second", weight: 7 },
      ],
      window: [8, 18],
      headers: { "X-Team": "support" },
      note: "Two\u200alines",
      retry: "soon",
      extra: { a: [1, true] },
    });
  });

  test("takes away again what may be left out", async () => {
    const { id, page } = await openForm("mailer");
    await button(page, "Add Limits").click();
    await field(page, "Per minute").fill("30");
    await save(page);
    expect(await stored(id)).toMatchObject({ limits: { perMinute: 30 } });
    await button(page, "Remove Limits").click();
    await page.getByText(/^Saved /).waitFor({ state: "hidden" });
    await save(page);
    expect(await stored(id)).not.toHaveProperty("limits");
  });

  test("shows the fields of the alternative that is chosen, and stores none of its defaults", async () => {
    const { id, page } = await openForm("mailer");
    await field(page, "Host").waitFor();
    await field(page, "Delivery").selectOption("http");
    await field(page, "Host").waitFor({ state: "detached" });
    await field(page, "URL").fill("https://mail.example.com/send");
    expect(await field(page, "Verify").locator("option:checked").innerText()).toBe("Default (Yes)");
    await save(page);
    expect(await stored(id)).toMatchObject({
      route: { kind: "http", url: "https://mail.example.com/send" },
    });
    expect(await stored(id)).not.toHaveProperty("route.verify");
  });

  test("keeps what was filled in for an alternative while another one is looked at", async () => {
    const { id, page } = await openForm("mailer");
    await field(page, "Host").fill("other.example.com");
    await field(page, "Port").fill("2525");
    await field(page, "Delivery").selectOption("http");
    await field(page, "URL").fill("https://mail.example.com/send");
    await field(page, "Delivery").selectOption("smtp");
    expect(await field(page, "Host").inputValue()).toBe("other.example.com");
    expect(await field(page, "Port").inputValue()).toBe("2525");
    await field(page, "Delivery").selectOption("http");
    expect(await field(page, "URL").inputValue()).toBe("https://mail.example.com/send");
    await field(page, "Delivery").selectOption("smtp");
    await save(page);
    expect((await stored(id)) as object).toMatchObject({
      route: { kind: "smtp", host: "other.example.com", port: 2525 },
    });
    expect(await stored(id)).not.toHaveProperty("route.url");
  });

  test("keeps what is chosen and what each alternative was filled in with while the JSON is looked at", async () => {
    const { id, page } = await openForm("mailer");
    const show = (mode: "Form" | "JSON") =>
      page.getByRole("region", { name: "Configuration" }).getByText(mode, { exact: true }).click();
    await field(page, "Delivery").selectOption("http");
    await field(page, "URL").fill("https://mail.example.com/send");
    await field(page, "Delivery").selectOption("smtp");
    await field(page, "Host").fill("other.example.com");
    // Without a value, nothing but the choice itself says which alternative it is of.
    await field(page, "Retry").selectOption("Text");
    await show("JSON");
    await page.getByRole("textbox", { name: "Configuration as JSON" }).waitFor();
    await show("Form");
    const chosen = (name: string) => field(page, name).first().locator("option:checked").innerText();
    expect(await chosen("Retry")).toBe("Text");
    expect(await chosen("Delivery")).toBe("smtp");
    expect(await field(page, "Host").inputValue()).toBe("other.example.com");
    await field(page, "Delivery").selectOption("http");
    expect(await field(page, "URL").inputValue()).toBe("https://mail.example.com/send");

    // What is edited as JSON is what the form shows then; the other alternative is there still.
    await show("JSON");
    const json = page.getByRole("textbox", { name: "Configuration as JSON" });
    await json.fill((await json.inputValue()).replace("mail.example.com/send", "mail.example.com/post"));
    await show("Form");
    expect(await field(page, "URL").inputValue()).toBe("https://mail.example.com/post");
    await field(page, "Delivery").selectOption("smtp");
    expect(await field(page, "Host").inputValue()).toBe("other.example.com");
    await field(page, "Delivery").selectOption("http");
    await field(page, "Retry").first().selectOption("");
    await save(page);
    expect(await stored(id)).toMatchObject({ route: { kind: "http", url: "https://mail.example.com/post" } });
  });

  test("says at the field what the server finds wrong there, and takes it back once that changes", async () => {
    const { id, page, visitor } = await openForm("webhook");
    visitor.expectRefusal(400);
    await field(page, "Address").fill("nowhere");
    await field(page, "Timeout").fill("0");
    await button(page, "Save").click();
    await section(page).getByRole("alert").getByText("The configuration was not accepted").waitFor();
    expect(await field(page, "Address").getAttribute("aria-invalid")).toBe("true");
    await page.locator(":focus").and(field(page, "Address")).waitFor();
    expect(await describedBy(page, "Address")).toContain("is no address");
    expect(await field(page, "Timeout").getAttribute("aria-invalid")).toBe("true");
    expect(await visitor.violations()).toEqual([]);
    await field(page, "Address").fill("https://other.example.com/");
    await section(page).getByText("is no address").first().waitFor({ state: "detached" });
    await field(page, "Timeout").fill("10");
    await save(page);
    expect(await stored(id)).toMatchObject({ url: "https://other.example.com/", timeoutMs: 10 });
  });

  test("says of a field that has to be filled in, and is not, just that", async () => {
    const { id, page, visitor } = await openForm("webhook");
    visitor.expectRefusal(400);
    const before = await stored(id);
    await field(page, "Address").fill("");
    await button(page, "Save").click();
    await page.locator(":focus").and(field(page, "Address")).waitFor();
    expect(await describedBy(page, "Address")).toContain("Required");
    expect(await describedBy(page, "Address")).not.toContain("undefined");
    expect(await stored(id)).toEqual(before);
  });

  test("says at the field what keeps the stored config from being used, until it is mended", async () => {
    // A process of a version that asked for less.
    const lax = await panel.server.openProcess({
      plugins: laxPlugins,
      keys: configuredSetup.keys,
      sync: false,
    });
    const config = { url: "nowhere", token: "first token", timeoutMs: 0 };
    const webhook = { type: { manager: "apps/notify", name: "notifier" }, module: "apps/notify-hook" };
    const { id } = await lax.control.createItem(
      { ...webhook, name: "webhook", label: newLabel("lax"), config },
      { actor: "bob" },
    );
    await lax.close();
    await expect
      .poll(() => panel.server.plugbay.control.list({ readiness: "failed" }))
      .toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id })]) });

    const { page } = await panel.visit(`/items/${id}`);
    await section(page).getByRole("alert").getByText("The stored configuration cannot be used").waitFor();
    expect(await describedBy(page, "Address")).toContain("is no address");
    expect(await field(page, "Timeout").getAttribute("aria-invalid")).toBe("true");
    expect(await field(page, "Token").getAttribute("aria-invalid")).not.toBe("true");
    await field(page, "Address").fill("https://mended.example.com/");
    await section(page).getByText("is no address").first().waitFor({ state: "detached" });
    await field(page, "Timeout").fill("10");
    await save(page);
    await section(page).getByRole("alert").waitFor({ state: "detached" });
    expect(servedConfig(panel.server.plugbay, id)).toMatchObject({ url: "https://mended.example.com/" });
  });

  test("says of a secret that it is set, and keeps the one that is left blank", async () => {
    const { id, page } = await openForm("webhook");
    const { token } = (await stored(id)) as { token: { fingerprint: string } };
    expect(await describedBy(page, "Token")).toContain(
      `fingerprint ${token.fingerprint}. Leave empty to keep it.`,
    );
    expect(await field(page, "Token").inputValue()).toBe("");
    expect(await field(page, "Token").getAttribute("autocomplete")).toBe("new-password");
    expect(await button(page, "Remove Token").count()).toBe(0);
    await field(page, "Timeout").fill("250");
    await save(page);
    expect(servedConfig(panel.server.plugbay, id)).toMatchObject({ token: "first token", timeoutMs: 250 });
  });

  test("replaces a secret, and shows nothing of what was typed", async () => {
    const { id, page } = await openForm("webhook");
    await field(page, "Token").fill("second token");
    expect(await field(page, "Token").getAttribute("type")).toBe("password");
    await section(page).getByText("JSON", { exact: true }).click();
    expect(await field(page, "Configuration as JSON").inputValue()).not.toContain("second token");
    await section(page).getByText("Form", { exact: true }).click();
    await save(page);
    expect(servedConfig(panel.server.plugbay, id)).toMatchObject({ token: "second token" });
    await expect.poll(() => field(page, "Token").inputValue()).toBe("");
    expect(await page.content()).not.toContain("second token");
  });

  test("removes a secret that may be left out", async () => {
    const { id, page } = await openForm("mailer");
    await button(page, "Remove Password").click();
    await section(page).getByText("It will be removed when you save.").waitFor();
    await button(page, "Keep Password").click();
    await button(page, "Remove Password").click();
    await save(page);
    expect(servedConfig(panel.server.plugbay, id)).not.toHaveProperty("password");
    await button(page, "Remove Password").waitFor({ state: "detached" });
  });

  test("takes JSON in place of the form, with secrets kept as they are shown", async () => {
    const { id, page } = await openForm("webhook");
    await section(page).getByText("JSON", { exact: true }).click();
    const json = field(page, "Configuration as JSON");
    const { token } = JSON.parse(await json.inputValue()) as { token: unknown };
    expect(token).toMatchObject({ secret: "set" });
    await json.fill('{ "url": ');
    await section(page)
      .getByText(/^This is not valid JSON/)
      .waitFor();
    // Nothing is sent: it leads to what cannot be.
    await button(page, "Save").click();
    await page.locator(":focus").and(json).waitFor();
    await json.fill(JSON.stringify({ url: "https://json.example.com/", token, timeoutMs: 42 }));
    await save(page);
    expect(servedConfig(panel.server.plugbay, id)).toEqual({
      url: "https://json.example.com/",
      token: "first token",
      timeoutMs: 42,
    });
  });

  test("is JSON where the plugin offers no schema", async () => {
    const { id, page, visitor } = await openForm("pager");
    visitor.expectRefusal(400);
    await section(page).getByText("This plugin has no form for its configuration").waitFor();
    const json = field(page, "Configuration as JSON");
    await json.fill("{}");
    await button(page, "Save").click();
    await section(page).getByRole("alert").getByText("is missing").waitFor();
    await json.fill('{ "line": "+1 555 0199" }');
    await save(page);
    expect(await stored(id)).toEqual({ line: "+1 555 0199" });
  });

  async function describedBy(page: Page, name: string): Promise<string> {
    const ids = (await field(page, name).getAttribute("aria-describedby")) ?? "";
    const texts = ids.split(" ").map((id) => page.locator(`[id="${id}"]`).innerText());
    return (await Promise.all(texts)).join("\n");
  }
});
