import pg from "pg";

/** A pool of the application's. The server may end an idle connection before the pool has: when its database is dropped. */
export function postgresPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(options);
  pool.on("error", () => undefined);
  return pool;
}
