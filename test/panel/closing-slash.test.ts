import { expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("behind a host that redirects each path to the one with a closing slash", () => {
  const panel = usePanel({ addsSlashes: true });

  test("the panel reads, follows and saves, and is redirected at the opening of its page only", async () => {
    const id = await panel.server.idOf("sms");
    const visitor = await panel.visit("/", { actor: "alice" });
    const { page } = visitor;
    const redirected: string[] = [];
    page.on("request", (request) => {
      if (request.redirectedFrom() !== null) redirected.push(request.url());
    });
    await page.goto(`${panel.server.url}/items/${id}`);
    await visitor.settled();
    await page.getByRole("textbox", { name: "Priority" }).fill("7");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved sms.").waitFor();
    await panel.server.plugbay.control.updateItem(id, { description: "By phone" }, { actor: "bob" });
    await expect.poll(() => page.getByRole("textbox", { name: "Description" }).inputValue()).toBe("By phone");
    expect(redirected).toEqual([`${panel.server.url}/items/${id}/`]);

    await page.reload();
    await visitor.settled();
    expect(await page.getByRole("textbox", { name: "Priority" }).inputValue()).toBe("7");
  });

  test("pages are reached from one another, and by their addresses", async () => {
    const visitor = await panel.visit("/items?search=sms");
    await visitor.page.getByRole("link", { name: "sms", exact: true }).click();
    await visitor.page.getByRole("textbox", { name: "Priority" }).waitFor();
    await visitor.open("/history");
    await visitor.page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  });
});
