import { InvalidOptionError } from "../definition/errors.ts";

/** How the health of plugins is checked. */
export interface HealthCheckOptions {
  /** From the end of one round over all items to the next one, in milliseconds, less up to a tenth at random. */
  readonly intervalMs: number;
  /** How long a `check` may take, in milliseconds, before it has failed. Default 5,000. */
  readonly timeoutMs?: number;
  /** After how many failures in a row an item is passed over. Default 2. One success brings it back. */
  readonly failures?: number;
}

/** @throws InvalidOptionError */
export function checkHealthCheckOptions({ intervalMs, timeoutMs, failures }: HealthCheckOptions): void {
  for (const [name, value] of Object.entries({ intervalMs, timeoutMs })) {
    if (value === undefined && name !== "intervalMs") continue;
    if (!(Number.isFinite(value) && Number(value) > 0)) {
      throw new InvalidOptionError(`healthChecks.${name}`, value, "it is a number of milliseconds above 0");
    }
  }
  if (failures !== undefined && !(Number.isInteger(failures) && failures > 0)) {
    throw new InvalidOptionError("healthChecks.failures", failures, "it is an integer from 1");
  }
}
