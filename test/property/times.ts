/**
 * So many times as many runs as usual: more of them in a long run by hand, which then has no limit of time, and a few
 * where a test is tried on thousands of mutants.
 */
export const times = Number(process.env.PLUGBAY_TEST_PROPERTY_TIMES ?? 1);

/** The same runs each time, but for a long run, which looks for others: what it finds is kept as a test of its own. */
export const seed = times > 1 ? {} : { seed: 20261127 };
