/** Thrown inside a transaction that is given up for a reason of its own, which is nothing that the database said. */
export class GivenUp extends Error {}
