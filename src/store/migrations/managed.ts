import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say whether a file manages them. Processes that do not know the column neither read nor write it: what
 * they change of such an item, the next import changes back.
 */
export const managed = (context: MigrationContext): MigrationStep =>
  addedColumns(context, context.tables.item, { managed: context.dialect.columns.word });
