import { addedColumns } from "./added-columns.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * The namespace's row says by which revisions it came to the present one. Processes that do not know the column leave it
 * as it is, and it then says that it is not about their revision.
 */
export const trail = (context: MigrationContext): MigrationStep =>
  addedColumns(context, context.tables.revision, { trail: context.dialect.columns.text });
