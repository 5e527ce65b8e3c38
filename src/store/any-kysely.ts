import type { Kysely, Transaction } from "kysely";

/** A Kysely instance, whatever tables its owner typed it by: only `any` accepts them all. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyKysely = Kysely<any>;

/** A transaction of such an instance. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyTransaction = Transaction<any>;
