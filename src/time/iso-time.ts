import type { Clock } from "./clock.ts";

/** The time of day as it is stored: ISO 8601, UTC. */
export const isoTime = (clock: Pick<Clock, "now">): string => new Date(clock.now()).toISOString();
