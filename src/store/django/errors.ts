import { PlugbayError } from "../../errors.ts";

/** A database has not the tables of django-plugin-system that were looked for. */
export class DjangoTablesMissingError extends PlugbayError {
  static override readonly errorName = "DjangoTablesMissingError";
  override readonly name = DjangoTablesMissingError.errorName;
  readonly code = "DJANGO_TABLES_MISSING";
  readonly kind = "invalid";
  /** The tables that are not there. */
  readonly tables: readonly string[];
  constructor(database: string, tables: readonly string[], remedy: string) {
    const names = tables.map((table) => `"${table}"`).join(" and ");
    super(`${database} has no table ${names}: ${remedy}`);
    this.tables = tables;
  }
}
