import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { carry } from "./drag.ts";
import { lanesNow, resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the order of a type's items", () => {
  const panel = usePanel();
  beforeEach(() => resetLanes(panel.server));

  const open = async (actor = "alice") =>
    panel.visit(`/types/${await panel.server.typeIdOf("otp")}`, { actor });
  const lanes = () => lanesNow(panel.server);
  const handle = (page: Page, name: string) =>
    page.getByRole("button", { name: `Drag ${name}`, exact: true });
  const lane = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const shown = (page: Page, name: string) => lane(page, name).getByRole("link").allInnerTexts();
  /** What a screen reader is told last. */
  const told = (page: Page, words: string) => page.getByText(words, { exact: true }).waitFor();

  test("is dragged downwards within a lane", async () => {
    const { page } = await open();
    await carry(page, handle(page, "mail"), handle(page, "pigeon"));
    await expect.poll(() => shown(page, "Active")).toEqual(["sms", "pigeon", "mail", "telegraph"]);
    await page.mouse.up();
    await expect.poll(lanes).toMatchObject({ active: ["sms", "pigeon", "mail", "telegraph"] });
    await expect.poll(() => shown(page, "Active")).toEqual(["sms", "pigeon", "mail", "telegraph"]);
  });

  test("is dragged upwards within a lane", async () => {
    const { page } = await open();
    await carry(page, handle(page, "telegraph"), handle(page, "sms"));
    await told(page, "telegraph is now number 2 in Active.");
    await page.mouse.up();
    await expect.poll(lanes).toMatchObject({ active: ["mail", "telegraph", "sms", "pigeon"] });
  });

  test("is dragged across lanes", async () => {
    const { page } = await open();
    await carry(page, handle(page, "mail"), handle(page, "voice"));
    await lane(page, "Reserved").getByRole("link", { name: "mail" }).waitFor();
    await page.mouse.up();
    await expect.poll(async () => [...(await lanes()).reserve].sort()).toEqual(["mail", "voice"]);
    expect((await lanes()).active).toEqual(["sms", "pigeon", "telegraph"]);
  });

  test("is dragged into an empty lane", async () => {
    const { page } = await open();
    await carry(page, handle(page, "sms"), lane(page, "Disabled"));
    await told(page, "sms is now number 1 in Disabled.");
    await page.mouse.up();
    await expect.poll(lanes).toMatchObject({ active: ["mail", "pigeon", "telegraph"], disable: ["sms"] });
  });

  test("is not overwritten by who began to drag before another's change", async () => {
    const alice = await open();
    alice.expectRefusal(409);
    const { page } = alice;
    await carry(page, handle(page, "telegraph"), handle(page, "sms"));
    await told(page, "telegraph is now number 2 in Active.");
    const heard = page.waitForResponse((response) => response.url().includes("/api/types/"));
    const order = ["pigeon", "telegraph", "sms", "mail"];
    const ids = await Promise.all(order.map((name) => panel.server.idOf(name)));
    await panel.server.plugbay.control.reorder(ids, { actor: "bob" });
    await (await heard).finished();
    await page.mouse.up();
    await page.getByRole("dialog").getByText("Your order was not saved.").waitFor();
    expect((await lanes()).active).toEqual(order);
  });

  test("offers a reader no handle", async () => {
    const path = `/types/${await panel.server.typeIdOf("otp")}`;
    const { page } = await panel.visit(path, { access: "read" });
    await page.getByText("You may look at this type, not change it.").waitFor();
    expect(await page.getByRole("button", { name: /^(Drag|Move) / }).count()).toBe(0);
  });
});
