import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say for which version of their plugin's code their config was written. Processes of 0.1.0, which do
 * not know the column, write version 1.
 */
export const configVersion = (context: MigrationContext): MigrationStep =>
  addedColumns(context, context.tables.item, { config_version: context.dialect.columns.integer }, (column) =>
    column.notNull().defaultTo(1),
  );
