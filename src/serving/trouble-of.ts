import type { PluginItem } from "../definition/plugin-item.ts";
import { MisconfiguredError } from "../instances/errors.ts";
import type { CallFailures, Readiness } from "../selection/readiness.ts";
import type { ReportedTrouble } from "../store/process-row.ts";
import { cut, messageOf } from "../thrown.ts";

/** A trouble without the time since when it is there, where the process itself has to know that. */
export type Trouble = Omit<ReportedTrouble, "since"> & { readonly since?: string };

/** How much of a message is told, in characters. */
const longestMessage = 500;

/** What is wrong with an item in use, by what was found about it. */
export function troubleOf({ id: itemId, hold }: PluginItem, readiness: Readiness): Trouble | undefined {
  const unknown = { itemId, message: null, failedCalls: 0, until: null };
  switch (readiness.kind) {
    case "ready":
    case "making":
    case "idle":
      return undefined;
    case "missing":
      return { ...unknown, state: "missing" };
    case "failed":
      return {
        ...unknown,
        state: readiness.error instanceof MisconfiguredError ? "misconfigured" : "failed",
        message: told(readiness.error),
      };
    case "held": {
      const since = hold?.since;
      const held = {
        ...unknown,
        message: cut(readiness.reason, longestMessage),
        until: timeOf(readiness.until),
      };
      return { ...held, state: "held", ...(since !== undefined && { since }) };
    }
    case "cooling": {
      const { reason: state, until, failures } = readiness;
      return {
        ...unknown,
        state,
        message: lastError(failures),
        failedCalls: failures?.count ?? 0,
        until: timeOf(until),
      };
    }
  }
}

const told = (error: unknown): string => cut(messageOf(error), longestMessage);

const lastError = (failures: CallFailures | undefined): string | null =>
  failures?.error === undefined ? null : told(failures.error);

const timeOf = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();
