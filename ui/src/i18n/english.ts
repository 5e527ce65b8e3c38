import type { Catalogue } from "./catalogue.ts";
import { first } from "./en/first.ts";

/** English, which every browser loads: at first as far as the first page needs it. */
export const english = { ...first } as Catalogue;

/** Adds what all other pages say. */
export async function loadEnglish(): Promise<void> {
  Object.assign(english, (await import("./en/others.ts")).others);
}
