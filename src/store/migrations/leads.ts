import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say whether an operator put them first for a while. Processes that do not know the column serve by status and
 * priority alone, and leave it as it is when they change the item. It is not called `lead`, which MySQL reserves.
 */
export const leads = (context: MigrationContext): MigrationStep =>
  addedColumns(context, context.tables.item, { item_lead: context.dialect.columns.text });
