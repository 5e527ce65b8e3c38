/** How many things of at least this height (px) the window has room for; no more than `most`. */
export const countInSight = (leastHeight: number, most: number): number =>
  Math.min(most, Math.ceil(window.innerHeight / leastHeight));
