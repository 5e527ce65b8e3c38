import { first } from "./en/first.ts";
import { others } from "./en/others.ts";

/** The source of all keys: the other languages have the same ones. */
export const en = { ...first, ...others };
