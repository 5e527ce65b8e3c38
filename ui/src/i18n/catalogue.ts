import type { en } from "./en.ts";
import type { Translation } from "./message.ts";

/** All texts of the panel in one language; a language that lacks one does not compile. */
export type Catalogue = Translation<typeof en>;

export type MessageKey = keyof typeof en;
