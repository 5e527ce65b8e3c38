import { schemaWait } from "../../instances/schema-wait.ts";
import { defaultPrepareTimeoutMs } from "../../open/open-plugbay.ts";
import { DatabaseUnavailableError, DriverMissingError } from "../../store/errors.ts";
import type { Rows } from "../../store/rows.ts";
import { prepareSync } from "../../sync/apply-sync.ts";
import { messageOf, propertyOf } from "../../thrown.ts";
import { systemClock } from "../../time/clock.ts";
import type { LoadedConfig } from "../config.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { withStore } from "../session.ts";
import { checkFaults } from "./check-faults.ts";
import { checkProcesses } from "./check-processes.ts";
import { checkRows } from "./check-rows.ts";
import { type Finding, ok, problem } from "./finding.ts";

export interface DatabaseCheck {
  readonly findings: readonly Finding[];
  /** undefined where they cannot be read. */
  readonly rows: Rows | undefined;
}

/** Whether the database answers, has the tables, and what is in them. Writes nothing. */
export async function checkDatabase(config: LoadedConfig): Promise<DatabaseCheck> {
  try {
    return await withStore(config, async (store) => {
      const pending = await store.pendingMigrations();
      if (pending.length > 0) {
        const message = `${store.description} lacks the migrations ${pending.join(", ")}`;
        return { findings: [problem(message, "run: npx plugbay migrate")], rows: undefined };
      }
      const rows = await store.readAll();
      const wait = schemaWait(systemClock, config.prepareTimeoutMs ?? defaultPrepareTimeoutMs);
      const living = await store.processes();
      const prune = { mode: "create", prune: true } as const;
      const plan = await prepareSync(config.plugins, store, wait, prune, { rows, living });
      return {
        findings: [
          ok(`${store.description} answers and has all migrations`),
          ...newer(await store.newerMigrations()),
          ...(await checkFaults(store, rows, config.plugins)),
          ...checkRows(plan),
          ...checkProcesses(living, rows),
        ],
        rows,
      };
    });
  } catch (error) {
    return { findings: [problem(messageOf(error), fixFor(error, config))], rows: undefined };
  }
}

const newer = (migrations: readonly string[]): Finding[] =>
  migrations.length === 0
    ? []
    : [
        ok(
          `a newer version of plugbay added the migrations ${migrations.join(", ")}, with which this one works`,
        ),
      ];

/** A file that there is not, and that could be made. */
const isNowhere = (error: unknown): boolean =>
  error instanceof DatabaseUnavailableError && propertyOf(error.cause, "found") === "missing";

function fixFor(error: unknown, { file }: LoadedConfig): string {
  if (error instanceof DriverMissingError) return `run: ${error.install}`;
  switch (exitCodeOf(error)) {
    case exitCodes.unavailable:
      return isNowhere(error)
        ? `correct "database" in ${file}, or run: npx plugbay migrate`
        : `start the database, or correct "database" in ${file}`;
    case exitCodes.migration:
      return "install a version of plugbay that is at least as new as the database";
    default:
      return `correct ${file}`;
  }
}
