/** Statements that a process asks again and again: a driver may have the database prepare them. */
export const repeatedStatements = new Set<string>();
