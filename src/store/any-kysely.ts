import type { Kysely } from "kysely";

/** A Kysely instance, whatever tables its owner typed it by: only `any` accepts them all. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyKysely = Kysely<any>;
