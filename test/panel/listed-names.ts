import type { Page } from "playwright-core";

/** The names in the first column of a list, in its order. */
export const listedNames = (page: Page): Promise<string[]> =>
  page.locator("main tbody td[data-title] a").allInnerTexts();
