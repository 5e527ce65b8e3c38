import type { Readiness } from "../../selection/readiness.ts";

/** How many of a type's active and reserved items this process found ready, failed and so on. */
export type Health = Readonly<Record<Readiness["kind"], number>>;
