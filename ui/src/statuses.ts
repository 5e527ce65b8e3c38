import type { Status } from "../../src/definition/status.ts";

/** In the order in which items are listed. Of types only: the server's module brings its errors along. */
export const statuses = ["active", "reserve", "disable"] as const satisfies readonly Status[];

export const checkedStatus = (value: string | undefined): Status | undefined =>
  statuses.find((status) => status === value);
