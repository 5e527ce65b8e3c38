import type { ErrorKind, PlugbayError } from "../../errors.ts";

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  unavailable: 503,
  timeout: 503,
  failed: 500,
  internal: 500,
};

/** An error in HTTP. An application's own class may have no kind, where no compiler asked for one. */
export const statusOf = ({ kind }: Pick<PlugbayError, "kind">): number => statuses[kind] ?? 500;
