import { beforeEach, expect, test } from "vitest";
import { lanesNow, resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

// How soon is measured by `npm run bench:admin`.
describePanel("another operator's change, without a reload", () => {
  const panel = usePanel();
  beforeEach(() => resetLanes(panel.server));

  const typePath = async () => `/types/${await panel.server.typeIdOf("otp")}`;
  const lanes = () => lanesNow(panel.server);
  /** Bob, in a browser of his own, moves an item on the type's page; resolves once the database has it. */
  async function bobMoves(name: string, to: string): Promise<void> {
    const { page } = await panel.visit(await typePath(), { actor: "bob" });
    const before = await lanes();
    await page.getByRole("button", { name: `Move ${name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: to, exact: true }).click();
    await expect.poll(lanes, { interval: 20 }).not.toEqual(before);
  }

  test("shows on the page of the types", async () => {
    const { page } = await panel.visit("/types");
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "otp", exact: true }) });
    await row.getByRole("link", { name: "mail", exact: true }).waitFor();
    await bobMoves("sms", "Move to the top");
    await row.getByRole("link", { name: "sms", exact: true }).waitFor();
    expect(await row.getByRole("link", { name: "mail", exact: true }).count()).toBe(0);
  });

  test("shows on the page of the type", async () => {
    const { page } = await panel.visit(await typePath());
    await page.getByRole("region", { name: "Serving now" }).getByRole("link", { name: "mail" }).waitFor();
    await bobMoves("mail", "Move to Disabled");
    await page.getByRole("region", { name: "Serving now" }).getByRole("link", { name: "sms" }).waitFor();
    const disabled = page.getByRole("region", { name: "Disabled", exact: true });
    expect(await disabled.getByRole("link").allInnerTexts()).toEqual(["mail"]);
  });

  test("shows on the page of the items, and leaves what is being typed alone", async () => {
    const { page } = await panel.visit("/items?search=otp");
    await page.getByLabel("Priority of sms", { exact: true }).fill("7");
    const status = page.getByLabel("Status of mail", { exact: true });
    expect(await status.inputValue()).toBe("active");
    await bobMoves("mail", "Move to Disabled");
    await expect.poll(() => status.inputValue(), { interval: 20 }).toBe("disable");
    expect(await page.getByLabel("Priority of sms", { exact: true }).inputValue()).toBe("7");
  });

  test("moves an item out of a list whose filter it no longer fits", async () => {
    const { page } = await panel.visit("/items?type=otp&status=active");
    await page.getByRole("link", { name: "mail", exact: true }).waitFor();
    await bobMoves("mail", "Move to Reserved");
    await page.getByRole("link", { name: "mail", exact: true }).waitFor({ state: "detached" });
    await page.getByText("3 items", { exact: true }).waitFor();
  });
});
