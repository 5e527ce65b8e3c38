import type { Evidence } from "../../control/diagnosis/diagnose.ts";
import { type Finding, ok, problem } from "../../control/diagnosis/finding.ts";
import { writtenEvidence } from "../../control/diagnosis/written-evidence.ts";
import { schemaWait } from "../../instances/schema-wait.ts";
import { defaultPrepareTimeoutMs } from "../../open/open-plugbay.ts";
import { DatabaseUnavailableError, DriverMissingError } from "../../store/errors.ts";
import type { Rows } from "../../store/rows.ts";
import { messageOf, propertyOf } from "../../thrown.ts";
import { systemClock } from "../../time/clock.ts";
import type { LoadedConfig } from "../config.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { withStore } from "../session.ts";

/** What can be found of the database alone. */
type DatabaseFinding = Finding<"database" | "migrations">;

/** What the database says, as far as it can be read. */
export interface DatabaseCheck {
  readonly finding: DatabaseFinding;
  /** undefined where it cannot be read. */
  readonly read?: { readonly rows: Rows; readonly written: NonNullable<Evidence["written"]> };
}

/** Whether the database answers, has the tables, and what is in them. Writes nothing. */
export async function checkDatabase(config: LoadedConfig): Promise<DatabaseCheck> {
  const { plugins: registry, prepareTimeoutMs = defaultPrepareTimeoutMs } = config;
  try {
    return await withStore(config, async (store) => {
      const pending = await store.pendingMigrations();
      if (pending.length > 0) {
        const message = `${store.description} lacks the migrations ${pending.join(", ")}`;
        return { finding: problem("migrations", message, "run: npx plugbay migrate") };
      }
      const rows = await store.readAll();
      const written = await writtenEvidence(registry, store, schemaWait(systemClock, prepareTimeoutMs), rows);
      const finding = ok("database", `${store.description} answers and has all migrations`);
      return { finding, read: { rows, written } };
    });
  } catch (error) {
    return { finding: problem("database", messageOf(error), fixFor(error, config)) };
  }
}

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
