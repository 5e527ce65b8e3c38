import type { ConnectionQueue } from "./connection-queue.ts";
import type { Db } from "./dialect.ts";
import type { Sockets } from "./sockets.ts";

/** A way to the database for reads. */
export interface Line {
  /** Does `work` on a connection, and calls `onStart` when it has one: only from then on the database is at it. */
  run<T>(work: (db: Db) => Promise<T>, onStart: () => void): Promise<T>;
  /** How many bytes came over it so far; absent where that cannot be told. */
  heard?(): number;
  /** Ends it at once; what is under way on it fails with `cause`. Absent where connections are not plugbay's own. */
  end?(cause: Error): void;
  /** Closes it in good order, within a moment. Absent where others use it, too. */
  close?(): Promise<void>;
}

/** Connections that writers use, too, or that are the application's: then there is a queue. */
export function sharedLine(db: Db, queue?: ConnectionQueue): Line {
  return {
    run: (work, onStart) => {
      const start = (connection: Db) => {
        onStart();
        return work(connection);
      };
      return queue ? queue.run(start) : start(db);
    },
  };
}

/** Connections of its own: `db` makes them, over `sockets`. */
export function ownLine(db: Db, sockets: Sockets): Line {
  const { run } = sharedLine(db);
  const underWay = new Set<(cause: Error) => void>();
  let ended: Error | undefined;
  return {
    run(work, onStart) {
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        underWay.add(reject);
        run(work, onStart)
          .then(resolve, reject)
          .finally(() => underWay.delete(reject));
      });
    },
    heard: () => sockets.heard,
    end(cause) {
      ended = cause;
      // Now: what waits for a connection of its pool would be told much later, and something else.
      for (const fail of underWay) fail(cause);
      sockets.destroy(cause);
      db.destroy().catch(() => undefined);
    },
    close: () => sockets.endWith(() => db.destroy()),
  };
}
