import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say whether an operator put them aside. Processes that do not know the column serve a held item as before, and
 * leave the hold as it is when they change the item.
 */
export const holds = (context: MigrationContext): MigrationStep =>
  addedColumns(context, context.tables.item, { hold: context.dialect.columns.text });
