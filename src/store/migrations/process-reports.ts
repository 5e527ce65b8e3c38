import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Processes say what serves in them, and what is wrong with items. Those that do not know the columns leave them empty,
 * and read what failed from where it always was.
 */
export function processReports(context: MigrationContext): MigrationStep {
  const { text, bigint } = context.dialect.columns;
  return addedColumns(context, context.tables.process, { serves: text, troubles: text, report_mark: bigint });
}
