import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
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

  /** What a page asks the server to change from now on; told after another request of it was answered. */
  const changesOf = (page: Page) => {
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
    });
    return async (): Promise<readonly string[]> => {
      await page.evaluate("fetch('./')");
      return sent;
    };
  };

  test("is dragged downwards within a lane", async () => {
    const { page } = await open();
    await carry(page, handle(page, "mail"), handle(page, "pigeon"));
    await expect.poll(() => shown(page, "Active")).toEqual(["sms", "pigeon", "mail", "telegraph"]);
    await page.mouse.up();
    await expect.poll(lanes).toMatchObject({ active: ["sms", "pigeon", "mail", "telegraph"] });
    await expect.poll(() => shown(page, "Active")).toEqual(["sms", "pigeon", "mail", "telegraph"]);
  });

  test("says what serves now, where a move has another item serve", async () => {
    const { page } = await open();
    await carry(page, handle(page, "mail"), handle(page, "sms"));
    await page.mouse.up();
    await page.getByText("sms serves now instead of mail.").waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(async () => (await lanes()).active[0]).toBe("mail");
  });

  test("is dragged upwards within a lane", async () => {
    const { page } = await open();
    await carry(page, handle(page, "telegraph"), handle(page, "sms"));
    await told(page, "telegraph is now number 2 in Active.");
    await page.mouse.up();
    await page.getByText("The order is saved.").waitFor();
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

  test("is as before when a drag is given up with the mouse in the hand", async () => {
    const { page } = await open();
    await carry(page, handle(page, "mail"), handle(page, "pigeon"));
    await expect.poll(() => shown(page, "Active")).toEqual(["sms", "pigeon", "mail", "telegraph"]);
    const changes = changesOf(page);
    await page.keyboard.press("Escape");
    await told(page, "mail is back where it was.");
    await page.mouse.up();
    await expect.poll(() => shown(page, "Active")).toEqual(["mail", "sms", "pigeon", "telegraph"]);
    expect(await changes()).toEqual([]);
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

  describe("by the keyboard on a handle", () => {
    const pickUp = async (page: Page, name: string, key: "Space" | "Enter" = "Space") => {
      await handle(page, name).focus();
      await page.keyboard.press(key);
      await pressed(page, name, true);
    };
    const pressed = (page: Page, name: string, isPressed: boolean) =>
      expect.poll(() => handle(page, name).getAttribute("aria-pressed")).toBe(String(isPressed));
    const hasFocus = (page: Page, name: string) =>
      expect.poll(() => handle(page, name).and(page.locator(":focus")).count()).toBe(1);

    test("changes within a lane, and says where the item is at each step", async () => {
      const { page } = await open();
      await pickUp(page, "mail");
      await told(page, "mail is picked up.");
      await page.keyboard.press("ArrowDown");
      await told(page, "mail is now number 2 in Active.");
      expect(await shown(page, "Active")).toEqual(["sms", "mail", "pigeon", "telegraph"]);
      await page.keyboard.press("ArrowDown");
      await told(page, "mail is now number 3 in Active.");
      await page.keyboard.press("ArrowUp");
      await told(page, "mail is now number 2 in Active.");
      expect((await lanes()).active).toEqual(["mail", "sms", "pigeon", "telegraph"]);
      await page.keyboard.press("Space");
      await told(page, "mail is dropped, number 2 in Active.");
      await expect.poll(lanes).toMatchObject({ active: ["sms", "mail", "pigeon", "telegraph"] });
      await pressed(page, "mail", false);
      await hasFocus(page, "mail");
    });

    test("changes by keys that come faster than pictures", async () => {
      const { page } = await open();
      await handle(page, "telegraph").focus();
      for (const key of ["Enter", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "Enter"]) {
        await page.keyboard.press(key);
      }
      await expect.poll(lanes).toMatchObject({ active: ["mail", "telegraph", "sms", "pigeon"] });
    });

    test("changes across lanes, and stays within the first and the last place", async () => {
      const { page } = await open();
      await pickUp(page, "mail", "Enter");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowUp");
      await told(page, "mail is now number 1 in Active.");
      await page.keyboard.press("ArrowRight");
      await told(page, "mail is now number 1 in Reserved.");
      await hasFocus(page, "mail");
      expect(await shown(page, "Reserved")).toEqual(["mail", "voice"]);
      await page.keyboard.press("ArrowRight");
      await told(page, "mail is now number 1 in Disabled.");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowDown");
      await told(page, "mail is now number 2 in Reserved.");
      await page.keyboard.press("Enter");
      await told(page, "mail is dropped, number 2 in Reserved.");
      await expect
        .poll(lanes)
        .toEqual({ active: ["sms", "pigeon", "telegraph"], reserve: ["voice", "mail"], disable: [] });
      await hasFocus(page, "mail");
    });

    test("is as before when the drag is given up", async () => {
      const { page } = await open();
      const changes = changesOf(page);
      await pickUp(page, "sms");
      await page.keyboard.press("ArrowRight");
      await told(page, "sms is now number 2 in Reserved.");
      await page.keyboard.press("Escape");
      await told(page, "sms is back where it was.");
      expect(await shown(page, "Active")).toEqual(["mail", "sms", "pigeon", "telegraph"]);
      expect(await shown(page, "Reserved")).toEqual(["voice"]);
      await hasFocus(page, "sms");
      expect(await changes()).toEqual([]);
    });

    test("follows the arrows where lanes run from right to left", async () => {
      const path = `/types/${await panel.server.typeIdOf("otp")}`;
      const { page } = await panel.visit(path, { locale: "fa-IR" });
      const cards = (status: number) =>
        page
          .locator("main section")
          .filter({ has: page.locator("ol") })
          .nth(status);
      const grip = page.locator("[aria-describedby=drag-instructions]").first();
      await grip.focus();
      const before = await grip.boundingBox();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => cards(1).getByRole("link").allInnerTexts()).toEqual(["mail", "voice"]);
      const after = await page.locator(":focus").boundingBox();
      expect(after?.x).toBeLessThan(before?.x ?? 0);
      await page.keyboard.press("Space");
      await expect.poll(lanes).toMatchObject({ reserve: ["mail", "voice"] });
    });
  });

  test("offers a reader no handle", async () => {
    const path = `/types/${await panel.server.typeIdOf("otp")}`;
    const { page } = await panel.visit(path, { access: "read" });
    await page.getByText("You can view this type but not change it.").waitFor();
    expect(await page.getByRole("button", { name: /^(Drag|Move) / }).count()).toBe(0);
  });
});
