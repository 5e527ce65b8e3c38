import type { Locator, Page } from "playwright-core";

/** The field with a label, which has an asterisk where the field is required. */
export const labelled = (within: Page | Locator, label: string): Locator =>
  within.getByLabel(new RegExp(`^${label}( \\*)?$`));
