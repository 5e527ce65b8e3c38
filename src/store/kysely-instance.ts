/**
 * A Kysely instance of an application, whatever its tables are. Described by a few of its members, because
 * TypeScript takes the classes of two copies of Kysely, or of two versions, for different ones.
 */
export interface KyselyInstance {
  readonly isTransaction: boolean;
  selectFrom(from: never): object;
  getExecutor(): object;
  withSchema(schema: string): object;
}

/** A transaction of such an instance. */
export interface KyselyTransaction extends KyselyInstance {
  readonly isTransaction: true;
}
