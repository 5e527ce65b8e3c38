import type { DatabaseConnection, Dialect, Driver } from "kysely";

/** The dialect with a client below it that an application has told to give rows of another kind. */
export function clientDialect(dialect: Dialect, rowsAs: (rows: readonly unknown[]) => unknown[]): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => clientDriver(dialect.createDriver(), rowsAs),
  };
}

interface ClientConnection extends DatabaseConnection {
  readonly given: DatabaseConnection;
}

function clientDriver(driver: Driver, rowsAs: (rows: readonly unknown[]) => unknown[]): Driver {
  const given = (connection: DatabaseConnection) => (connection as ClientConnection).given;
  return {
    init: () => driver.init(),
    async acquireConnection(): Promise<ClientConnection> {
      const connection = await driver.acquireConnection();
      return {
        given: connection,
        async executeQuery<R>(query: Parameters<DatabaseConnection["executeQuery"]>[0]) {
          const result = await connection.executeQuery<R>(query);
          return { ...result, rows: rowsAs(result.rows) as R[] };
        },
        streamQuery: (query, size) => connection.streamQuery(query, size),
      };
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(given(connection), settings),
    commitTransaction: (connection) => driver.commitTransaction(given(connection)),
    rollbackTransaction: (connection) => driver.rollbackTransaction(given(connection)),
    releaseConnection: (connection) => driver.releaseConnection(given(connection)),
    destroy: () => driver.destroy(),
  };
}
