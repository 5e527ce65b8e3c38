import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { addSample, configuredSetup, newLabel, servedConfig } from "./configured.ts";
import { labelled } from "./labelled.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("testing the connection", () => {
  const panel = usePanel(configuredSetup);
  const open = async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const visitor = await panel.visit(`/items/${id}`);
    await labelled(visitor.page, "Token").waitFor();
    return { id, visitor, page: visitor.page };
  };
  const tryIt = (page: Page) => page.getByRole("button", { name: "Test connection" }).click();

  test("tries what is in the form, and saves nothing", async () => {
    const { id, page, visitor } = await open();
    await tryIt(page);
    await page.getByText("hook.example.com knows the token").waitFor();
    // That the stored token was used is told at once.
    const [entry] = await panel.server.plugbay.control.history({ entityId: id, limit: 1 });
    expect(entry).toMatchObject({ action: "check", actor: "alice", source: "admin" });
    await page.getByText("Tested with the stored secrets and the stored config.").waitFor();
    visitor.expectRefusal(400);
    await labelled(page, "Address").fill("https://other.example.com/");
    await tryIt(page);
    await page.getByText("has to be entered again").first().waitFor();
    expect(await labelled(page, "Token").getAttribute("aria-invalid")).toBe("true");
    await labelled(page, "Token").fill("first token");
    await tryIt(page);
    await page.getByText("It works").waitFor();
    await page.getByText("other.example.com knows the token").waitFor();
    await page.getByText(/^Took [\d,]+ ms$/).waitFor();
    expect(await visitor.violations()).toEqual([]);
    expect(servedConfig(panel.server.plugbay, id)).toMatchObject({ url: "https://hook.example.com/" });
  });

  test("says why it does not work, without the secret, until the form changes", async () => {
    const { page, visitor } = await open();
    await labelled(page, "Token").fill("wrong token");
    await tryIt(page);
    await page.getByText("It does not work").waitFor();
    await page.getByText(/^refused: .+ is not known$/).waitFor();
    expect(await page.getByRole("main").innerText()).not.toContain("wrong token");
    expect(await visitor.violations()).toEqual([]);
    await labelled(page, "Token").fill("");
    await page.getByText("It does not work").waitFor({ state: "detached" });
  });

  test("says at the field what the schema does not take", async () => {
    const { page, visitor } = await open();
    visitor.expectRefusal(400);
    await labelled(page, "Address").fill("nowhere");
    await labelled(page, "Token").fill("first token");
    await tryIt(page);
    await page.getByText("The configuration was not accepted").waitFor();
    expect(await labelled(page, "Address").getAttribute("aria-invalid")).toBe("true");
  });

  test("works for an item that is not there yet", async () => {
    const typeId = await panel.server.typeIdOf("notifier");
    const { page } = await panel.visit(`/types/${typeId}/add?module=apps/notify-hook&name=webhook`);
    await labelled(page, "Label").fill(newLabel("new"));
    await labelled(page, "Address").fill("https://new.example.com/");
    await labelled(page, "Token").fill("a token");
    await tryIt(page);
    await page.getByText("new.example.com knows the token").waitFor();
  });

  test("is offered for a plugin without a config, and works as often as it is asked", async () => {
    const visitor = await panel.visit(`/items/${await panel.server.idOf("bell")}`);
    const { page } = visitor;
    await tryIt(page);
    await page.getByText("the bell rings").waitFor();
    await tryIt(page);
    await page.getByText("It works", { exact: true }).waitFor();
    expect(await visitor.violations()).toEqual([]);
  });

  test("runs before an item without a config is switched to", async () => {
    // Something else serves before it.
    await addSample(panel.server.plugbay, "mailer");
    const { page } = await panel.visit(`/items/${await panel.server.idOf("bell")}`);
    await page.getByRole("button", { name: "Serve this now…" }).click();
    await page.getByRole("dialog").getByText("the bell rings").waitFor();
  });

  test("that fails is said before an item is switched to, which then takes the operator's word", async () => {
    const { plugbay, typeIdOf } = panel.server;
    const { control } = plugbay;
    const serving = await addSample(plugbay, "mailer");
    await control.serveNow(serving, { actor: "bob" });
    const id = await addSample(plugbay, "webhook");
    const { config } = await control.getItem(id);
    await control.updateItem(
      id,
      { config: { ...(config as object), token: "wrong token" } },
      { actor: "bob" },
    );
    const servingNow = async () => (await control.getType(await typeIdOf("notifier"))).serving?.id;
    const visitor = await panel.visit(`/items/${id}`);
    const { page } = visitor;
    const dialog = page.getByRole("dialog");
    const ask = async () => {
      await page.getByRole("button", { name: "Serve this now…" }).click();
      await dialog.getByText("It does not work").waitFor();
      await dialog.getByText(/^refused: .+ is not known$/).waitFor();
      expect(await dialog.innerText()).not.toContain("wrong token");
    };
    await ask();
    expect(await dialog.getByRole("button", { name: "Serve now", exact: true }).count()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
    expect(await servingNow()).toBe(serving);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await servingNow()).toBe(serving);

    await ask();
    await dialog.getByRole("button", { name: "Serve it anyway", exact: true }).click();
    await page.getByText(/ is the first choice now\.$/).waitFor();
    expect(await servingNow()).toBe(id);
  });

  test("is not offered by a plugin that cannot tell", async () => {
    const id = await addSample(panel.server.plugbay, "mailer");
    const { page } = await panel.visit(`/items/${id}`);
    await labelled(page, "Sender").waitFor();
    expect(await page.getByRole("button", { name: "Test connection" }).count()).toBe(0);
  });
});
