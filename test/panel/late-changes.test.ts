import type { Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { lanesNow, resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";
import type { Visitor } from "./visitor.ts";

describePanel("a change that comes after another operator's", () => {
  const panel = usePanel();
  beforeEach(() => resetLanes(panel.server));

  describe("of a type's order", () => {
    const moveToTop = async (page: Page, name: string) => {
      await page.getByRole("button", { name: `Move ${name}`, exact: true }).click();
      await page.getByRole("menuitem", { name: "Move to the top" }).click();
    };
    const lanes = () => lanesNow(panel.server);
    const version = (dialog: Locator, name: string) =>
      dialog.getByRole("region", { name, exact: true }).getByRole("listitem").allInnerTexts();

    /** Bob has put pigeon first; Alice, who has not heard of it, wants telegraph there. */
    async function conflict(): Promise<{ readonly alice: Visitor; readonly dialog: Locator }> {
      const path = `/types/${await panel.server.typeIdOf("otp")}`;
      const alice = await panel.visit(path, { hearsNothing: true });
      const bob = await panel.visit(path, { actor: "bob" });
      await moveToTop(bob.page, "pigeon");
      await expect.poll(lanes).toMatchObject({ active: ["pigeon", "mail", "sms", "telegraph"] });
      alice.expectRefusal(409);
      await moveToTop(alice.page, "telegraph");
      const dialog = alice.page.getByRole("dialog", { name: "Somebody else has changed this" });
      await dialog.waitFor();
      return { alice, dialog };
    }

    test("shows both orders", async () => {
      const { alice, dialog } = await conflict();
      expect(await version(dialog, "Yours: Active")).toEqual(["telegraph", "mail", "sms", "pigeon"]);
      expect(await version(dialog, "Current: Active")).toEqual(["pigeon", "mail", "sms", "telegraph"]);
      expect(await alice.violations()).toEqual([]);
    });

    test("is saved over theirs where the operator says so", async () => {
      const { dialog } = await conflict();
      await dialog.getByRole("button", { name: "Save mine" }).click();
      await dialog.waitFor({ state: "hidden" });
      await expect.poll(lanes).toMatchObject({ active: ["telegraph", "mail", "sms", "pigeon"] });
    });

    test("is dropped where the operator says so, and theirs is shown", async () => {
      const { alice, dialog } = await conflict();
      await dialog.getByRole("button", { name: "Keep the current one" }).click();
      await dialog.waitFor({ state: "hidden" });
      const order = ["pigeon", "mail", "sms", "telegraph"];
      const active = alice.page.getByRole("region", { name: "Active", exact: true });
      await expect.poll(() => active.getByRole("link").allInnerTexts()).toEqual(order);
      expect((await lanes()).active).toEqual(order);
    });
  });

  describe("of the list of items", () => {
    const item = async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name));
    const priority = (page: Page, name: string) => page.getByLabel(`Priority of ${name}`, { exact: true });
    const status = (page: Page, name: string) => page.getByLabel(`Status of ${name}`, { exact: true });
    const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
    const choices = (dialog: Locator, name: string) => dialog.getByRole("radiogroup", { name });

    /** Alice typed into three rows; Bob has changed two of them meanwhile. */
    async function conflict(): Promise<{ readonly alice: Visitor; readonly dialog: Locator }> {
      const alice = await panel.visit("/items?search=otp");
      const bob = await panel.visit("/items?search=otp", { actor: "bob" });
      await priority(alice.page, "mail").fill("3");
      await status(alice.page, "sms").selectOption("reserve");
      await priority(alice.page, "voice").fill("33");
      await priority(bob.page, "mail").fill("99");
      await priority(bob.page, "sms").fill("88");
      await save(bob.page);
      await bob.page.getByText("2 items changed.").waitFor();
      alice.expectRefusal(409);
      await save(alice.page);
      const dialog = alice.page.getByRole("dialog", {
        name: /^Somebody else has changed some of these items/,
      });
      await dialog.waitFor();
      return { alice, dialog };
    }

    test("shows both versions of each item in question, and of no other", async () => {
      const { alice, dialog } = await conflict();
      expect(await dialog.getByRole("radiogroup").count()).toBe(2);
      const told = async (name: string, version: RegExp) =>
        (await choices(dialog, name).locator("label", { hasText: version }).innerText()).replace(/\s+/g, " ");
      expect(await told("mail", /^Yours/)).toBe("Yours Active Priority 3");
      expect(await told("mail", /^Current/)).toBe("Current Active Priority 99");
      expect(await told("sms", /^Yours/)).toMatch(/^Yours Reserved Priority \d+$/);
      expect(await told("sms", /^Current/)).toBe("Current Active Priority 88");
      expect(await alice.violations()).toEqual([]);
    });

    test("keeps what is mine of one, what is theirs of another, and saves the rest", async () => {
      const { alice, dialog } = await conflict();
      await dialog.getByText("What serves now stays the same.").waitFor();
      await choices(dialog, "mail")
        .getByRole("radio", { name: /^Yours/ })
        .check();
      await dialog.getByText("otp: mail serves instead of sms").waitFor();
      expect(
        await choices(dialog, "sms")
          .getByRole("radio", { name: /^Current/ })
          .isChecked(),
      ).toBe(true);
      await dialog.getByRole("button", { name: "Save with these choices" }).click();
      await alice.page.getByText("2 items changed.").waitFor();
      expect(await item("mail")).toMatchObject({ priority: 3, status: "active" });
      expect(await item("sms")).toMatchObject({ priority: 88, status: "active" });
      expect(await item("voice")).toMatchObject({ priority: 33, status: "reserve" });
    });

    test("keeps mine alone where I touched it: what they changed beside it stays", async () => {
      const { alice, dialog } = await conflict();
      await choices(dialog, "sms")
        .getByRole("radio", { name: /^Yours/ })
        .check();
      await dialog.getByRole("button", { name: "Save with these choices" }).click();
      await alice.page.getByText("2 items changed.").waitFor();
      expect(await item("mail")).toMatchObject({ priority: 99 });
      expect(await item("sms")).toMatchObject({ priority: 88, status: "reserve" });
    });

    test("keeps what was typed when the operator does not choose yet", async () => {
      const { alice, dialog } = await conflict();
      const before = await item("voice");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "hidden" });
      expect(await priority(alice.page, "mail").inputValue()).toBe("3");
      await alice.page.getByText("3 items changed, not saved").waitFor();
      expect(await item("voice")).toEqual(before);
    });
  });
});
