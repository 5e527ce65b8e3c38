import { sql } from "kysely";
import type { Clock } from "../time/clock.ts";
import { withWrittenRows } from "./client-rows.ts";
import { ConnectionQueue } from "./connection-queue.ts";
import type { Connection } from "./database.ts";
import { despiteDead, isDead } from "./dead-connection.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { type Life, lifeOf } from "./life.ts";
import { type Line, ownLine, sharedLine } from "./line.ts";
import { ownQueries } from "./own-queries.ts";
import { Reads } from "./reads.ts";
import { silence, silentFor } from "./silence.ts";
import { Turns } from "./turns.ts";
import type { Outcome } from "./writing/outcome.ts";
import { runTransaction } from "./writing/run-transaction.ts";
import type { TransactionWork } from "./writing/transaction-work.ts";

type Work<T> = (db: Db) => Promise<T>;

/** The ways to the database. None but the last two ever waits for a writer. */
export interface Access {
  /** Asks what is quickly answered, on a second connection, too, when the first one is silent. */
  look<T>(work: Work<T>): Promise<T>;
  /** Runs a query whose answer may be long. */
  list<T>(work: Work<T>): Promise<T>;
  /** Runs queries that see the database at one moment, and whose answers may be long. */
  read<T>(work: Work<T>): Promise<T>;
  /** Runs queries that need not belong together. */
  use<T>(work: Work<T>): Promise<T>;
  /** Writes what no revision tells of, in one statement. */
  note<T>(work: Work<T>): Promise<T>;
  /** Runs what changes the tables themselves. */
  alter<T>(work: Work<T>): Promise<T>;
  /** Runs what is written as a whole or not at all. What went wrong is in the outcome, but for a turn that never came. */
  write<T>(work: TransactionWork<T>): Promise<Outcome<T>>;
  /** Whether the database answers anybody. Never throws. */
  life(): Promise<Life>;
}

/** Access by connections, which has to be closed before they are. */
export interface ConnectionAccess extends Access {
  close(cause: Error): Promise<void>;
}

export interface AccessOptions {
  readonly connection: Connection;
  readonly dialect: StoreDialect;
  readonly description: string;
  readonly schema: string | undefined;
  readonly clock: Clock;
  /** The statements that are asked again and again. */
  readonly repeated: ReadonlySet<string>;
  /** The error of a writer whose turn does not come. */
  readonly blocked: () => Error;
}

/** By connections of plugbay's own, or by those that an application lends. */
export function connectionAccess(options: AccessOptions): ConnectionAccess {
  const { connection, dialect, schema, clock, repeated, blocked } = options;
  const own = (db: Connection["db"]): Db => ownQueries(db, dialect, schema);
  const db = own(connection.db);
  const queue = connection.isBorrowed ? new ConnectionQueue(db, options.description) : undefined;
  const writers = sharedLine(db, queue);
  const openLine = (): Line => {
    const reads = connection.openReads?.(repeated);
    if (reads === undefined) return writers;
    return reads.sockets ? ownLine(own(reads.db), reads.sockets) : sharedLine(own(reads.db));
  };
  const { connections } = connection;
  const reads = new Reads(clock, openLine, () => connections?.closeIdle(silentFor(silence.secondLookMs)));
  const turns = new Turns(clock, connection.writers ?? 1);
  const written = <T>(work: Work<T>): Work<T> =>
    queue ? async (lent) => work(await withWrittenRows(lent)) : work;
  const beside = <T>(work: Work<T>): Promise<T> => writers.run(written(work), () => undefined);
  const live = connections ? onLiveConnection : <T>(work: Work<T>): Work<T> => work;
  const onReads = <T>(work: Work<T>): Promise<T> => despiteDead(() => reads.use(written(live(work))));
  const onWriters = <T>(work: Work<T>): Promise<T> => despiteDead(() => beside(live(work)));
  return {
    look: (work) => despiteDead(() => reads.look(written(work))),
    list: (work) => despiteDead(() => reads.read(written(work))),
    read: (work) => despiteDead(() => reads.read(written((lent) => dialect.read(lent, work)))),
    use: dialect.hasOneWriter ? onReads : onWriters,
    note: dialect.hasOneWriter ? onWriters : onReads,
    alter: (work) => despiteDead(() => beside(work)),
    write: (work) => turns.run(() => writeDespiteDead(beside, dialect, work), work.lockWait.nextMs, blocked),
    life: () => lifeOf(connection, reads, dialect, clock),
    close: (cause) => reads.close(cause),
  };
}

/** Costs a round trip, for what is not asked often: so a dead connection is found before something may take long. */
const onLiveConnection =
  <T>(work: Work<T>): Work<T> =>
  (db) =>
    db.connection().execute(async (connection) => {
      await sql`select 1`.execute(connection);
      return work(connection);
    });

function writeDespiteDead<T>(
  beside: (work: Work<void>) => Promise<void>,
  dialect: StoreDialect,
  work: TransactionWork<T>,
): Promise<Outcome<T>> {
  return despiteDead(async () => {
    const outcome = await writeBeside(beside, dialect, work);
    if (outcome.kind === "failed" && isDead(outcome.error)) throw outcome.error;
    return outcome;
  }).catch((error: unknown): Outcome<T> => ({ kind: "failed", error }));
}

/** Resolves when the connection is back, whatever its return comes to; but one that does not answer is not waited for. */
function writeBeside<T>(
  beside: (work: Work<void>) => Promise<void>,
  dialect: StoreDialect,
  work: TransactionWork<T>,
): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    let told: Outcome<T> | undefined;
    const transaction = beside((lent) =>
      runTransaction(lent, dialect, work, (outcome, isHeld) => {
        told = outcome;
        if (isHeld) resolve(outcome);
      }),
    );
    transaction.then(
      () => told && resolve(told),
      (error: unknown) => resolve(told ?? { kind: "failed", error }),
    );
  });
}
