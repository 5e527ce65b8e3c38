/** How long plugbay waits for a lock that others hold, on every database and over all repetitions, in milliseconds. */
export const lockLimitMs = 30_000;
