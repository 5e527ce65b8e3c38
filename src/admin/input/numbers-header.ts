/**
 * How the numbers of a body were written, where that matters: a body parser of the host may have read them
 * before, and rounded integers that now look as if they had been sent like that. A client whose numbers are
 * JavaScript's, such as the panel, says so: nothing that reads them can round them.
 */
export const numbersHeader = "x-plugbay-numbers";

/** What the panel says: they were JavaScript's already. */
export const exactNumbers = "exact";

/** What the adapters say of a body that a parser of the host has read. */
export const parsedNumbers = "parsed";
