import { defaultPrepareTimeoutMs } from "../../open-plugbay.ts";
import { schemaWait } from "../../runtime/schema-wait.ts";
import { DriverMissingError } from "../../store/errors.ts";
import type { Rows } from "../../store/rows.ts";
import { prepareSync } from "../../sync/apply-sync.ts";
import { messageOf } from "../../thrown.ts";
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
      const plan = await prepareSync(config.plugins, store, wait, { mode: "create", prune: true }, rows);
      const processes = await store.processes();
      return {
        findings: [
          ok(`${store.description} answers and has all migrations`),
          ...(await checkFaults(store, rows, config.plugins)),
          ...checkRows(plan),
          ...checkProcesses(processes, rows),
        ],
        rows,
      };
    });
  } catch (error) {
    return { findings: [problem(messageOf(error), fixFor(error, config))], rows: undefined };
  }
}

function fixFor(error: unknown, { file }: LoadedConfig): string {
  if (error instanceof DriverMissingError) return `run: ${error.install}`;
  switch (exitCodeOf(error)) {
    case exitCodes.unavailable:
      return `start the database, or correct "database" in ${file}`;
    case exitCodes.migration:
      return "install a version of plugbay that is at least as new as the database";
    default:
      return `correct ${file}`;
  }
}
