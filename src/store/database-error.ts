import { PlugbayError } from "../errors.ts";

/** Base of the errors that are about the database. */
export abstract class DatabaseError extends PlugbayError {
  /** The database, without its password. */
  readonly database: string;
  constructor(database: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.database = database;
  }
}
