/** How many connections for reads there are at most: one to follow by, and one for what is done beside that. */
export const readConnections = 2;

/**
 * How many connections of a pool writers may hold, when others are to find one free. They queue for the revision's
 * row in any case, so more would only be waiting there.
 */
export const writersOf = (connections: number | undefined): number =>
  Math.max(1, Math.min(mostWriters, (connections ?? mostWriters) - roomForOthers));

const mostWriters = 4;
const roomForOthers = 2;
