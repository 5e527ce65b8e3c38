import type { SchemaWait } from "../definition/check-config.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { SchemaTimeoutError } from "./errors.ts";

/** Waits for schemas as long as instances may take to be prepared. */
export const schemaWait =
  (clock: Clock, prepareTimeoutMs: number): SchemaWait =>
  (plugin, answer) =>
    within(answer, {
      clock,
      ms: prepareTimeoutMs,
      late: () => new SchemaTimeoutError(plugin, prepareTimeoutMs),
    });
