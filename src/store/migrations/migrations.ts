import { checkKnown } from "../../definition/known-options.ts";
import { systemClock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import { dialects } from "../dialects.ts";
import { checkSchema } from "../schema.ts";
import { tableNames } from "../table-names.ts";
import { alerts } from "./alerts.ts";
import { changeSets } from "./change-sets.ts";
import { circuits } from "./circuits.ts";
import { configVersion } from "./config-version.ts";
import { events } from "./events.ts";
import { holds } from "./holds.ts";
import { initial } from "./initial.ts";
import { leads } from "./leads.ts";
import { managed } from "./managed.ts";
import type { Migration, MigrationContext, MigrationStep } from "./migration.ts";
import { createMigrationTable } from "./migration-table.ts";
import { processReports } from "./process-reports.ts";
import { reasons } from "./reasons.ts";
import { traffic } from "./traffic.ts";
import { trail } from "./trail.ts";

const steps: Record<string, (context: MigrationContext) => MigrationStep> = {
  "0001_initial": initial,
  "0002_config_version": configVersion,
  "0003_managed": managed,
  "0004_change_sets": changeSets,
  "0005_holds": holds,
  "0006_circuits": circuits,
  "0007_process_reports": processReports,
  "0008_reasons": reasons,
  "0009_alerts": alerts,
  "0010_traffic": traffic,
  "0011_events": events,
  "0012_leads": leads,
  "0013_trail": trail,
};

/** The names of all migrations, in the order in which they are applied. */
export const migrationNames: readonly string[] = Object.keys(steps).sort();

/**
 * plugbay's migrations as plain records, for applications that run all migrations with a tool of their
 * own: by name, in order, each with `up` and `down`, as Kysely's `MigrationProvider` has them. Each
 * notes itself in the table `plugbay_migration`, so that plugbay knows what the database has, whoever
 * ran it.
 *
 * @example
 * const provider = { getMigrations: async () => ({ ...own, ...migrations({ dialect: "postgres" }) }) };
 */
export function migrations(options: {
  readonly dialect: "sqlite" | "postgres" | "mysql";
  /** Default `plugbay_`. */
  readonly prefix?: string;
  /** The schema of plugbay's tables. Default: that of the Kysely instance which runs the migrations. */
  readonly schema?: string;
}): Record<string, Migration> {
  checkKnown("migrations", options, { dialect: true, prefix: true, schema: true });
  const dialect = dialects[options.dialect];
  const schema = checkSchema(dialect, "schema", options.schema);
  const found = migrationsFor({ dialect, tables: tableNames(options.prefix), clock: systemClock });
  if (schema === undefined) return found;
  return Object.fromEntries(Object.entries(found).map(([name, step]) => [name, within(schema, step)]));
}

const within = (schema: string, { compatible, up, down }: MigrationStep): MigrationStep => ({
  compatible,
  up: (db) => up(db.withSchema(schema)),
  down: (db) => down(db.withSchema(schema)),
});

export function migrationsFor(context: MigrationContext): Record<string, MigrationStep> {
  return Object.fromEntries(
    migrationNames.map((name) => [name, noted(name, context, steps[name]?.(context))]),
  );
}

function noted(name: string, context: MigrationContext, migration: MigrationStep | undefined): MigrationStep {
  if (migration === undefined) throw new Error(`no migration is called ${name}`);
  const { tables, clock } = context;
  return {
    compatible: migration.compatible,
    async up(db) {
      await migration.up(db);
      await createMigrationTable(db, context);
      // It may be noted already: plugbay applied it, and now the application's own tool does.
      await db.deleteFrom(tables.migration).where("name", "=", name).execute();
      await db
        .insertInto(tables.migration)
        .values({ name, applied_at: isoTime(clock), compatible: migration.compatible ? 1 : 0 })
        .execute();
    },
    async down(db) {
      await db.deleteFrom(tables.migration).where("name", "=", name).execute();
      await migration.down(db);
    },
  };
}
