import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * The history says why a change was made, where somebody said so. Processes that do not know the column go on writing
 * entries without a reason.
 */
export const reasons = (context: MigrationContext): MigrationStep =>
  addedColumns(context, context.tables.audit, { reason: context.dialect.columns.text });
