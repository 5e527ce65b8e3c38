import { InvalidOptionError } from "../definition/errors.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";

/** How the health of plugins is checked. */
export interface HealthCheckOptions {
  /** From the end of one round over all items to the next one, in milliseconds, less up to a tenth at random. */
  readonly intervalMs: number;
  /** How long a `check` may take, in milliseconds, before it has failed. Default 5,000. */
  readonly timeoutMs?: number | undefined;
  /** After how many failures in a row an item is passed over. Default 2. One success brings it back. */
  readonly failures?: number | undefined;
}

const optionNames: OptionNames<HealthCheckOptions> = { intervalMs: true, timeoutMs: true, failures: true };

/** @throws InvalidOptionError, UnknownOptionError */
export function checkHealthCheckOptions(options: HealthCheckOptions): void {
  checkKnown("healthChecks", options, optionNames);
  const { intervalMs, timeoutMs, failures } = options;
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
