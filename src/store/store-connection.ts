import { sql } from "kysely";
import type { PlugbayError } from "../errors.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { absenceError } from "./absence-error.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { Connection, Database, Glance } from "./database.ts";
import type { Db } from "./dialect.ts";
import { ClosedError, DatabaseUnavailableError, type DatabaseUser, WriteBlockedError } from "./errors.ts";
import { type Call, OpenCalls } from "./open-calls.ts";
import type { OriginGuard } from "./origin-guard.ts";
import { ownQueries } from "./own-queries.ts";
import { inOwnWords } from "./own-words.ts";
import type { Publisher } from "./publisher.ts";
import type { PushChannel } from "./push-channel.ts";
import type { HeadQuery } from "./read-head.ts";
import { silence, silentFor, UnansweredError } from "./silence.ts";
import type { TableNames } from "./table-names.ts";
import { GivenUp } from "./writing/given-up.ts";

/** What a store's connection is made with. */
export interface StoreConnectionOptions {
  readonly database: Database;
  readonly tables: TableNames;
  readonly clock: Clock;
  readonly guard: OriginGuard;
  /** The statement that is asked again and again. */
  readonly head: HeadQuery;
  /** Closed with the connection. */
  readonly publisher: Publisher | undefined;
  /** By a transaction of the application, which is open already, and not closed with the connection. */
  readonly joined?: Access | undefined;
}

interface OpenConnection {
  readonly access: Access;
  readonly push?: PushChannel | undefined;
  readonly glance?: Glance | undefined;
  readonly verify?: Connection["verify"] | undefined;
  readonly isBorrowed?: boolean | undefined;
  close(cause: Error): Promise<void>;
}

/** A store's way to its database: opens it once, runs work on it, puts errors into plugbay's words, and closes it. */
export class StoreConnection {
  readonly #options: StoreConnectionOptions;
  readonly #reads: OpenCalls;
  readonly #writes: OpenCalls;
  #connection: OpenConnection | undefined;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: StoreConnectionOptions) {
    const { clock, joined } = options;
    this.#options = options;
    this.#reads = new OpenCalls(clock);
    this.#writes = new OpenCalls(clock);
    if (joined) this.#connection = { access: joined, close: async () => undefined };
  }

  /** Whether it is a transaction of the application. */
  get isJoined(): boolean {
    return this.#options.joined !== undefined;
  }

  /** Whether its connections are the application's. */
  get isBorrowed(): boolean {
    return this.#connection?.isBorrowed ?? false;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The database's own channel, where it has one. */
  get push(): PushChannel | undefined {
    return this.#connection?.push;
  }

  /** The cheapest look, where the database has one. */
  get glance(): Glance | undefined {
    return this.#connection?.glance;
  }

  /** Opens the database, once: unless it is open, or about to be. @throws DriverMissingError, and the errors of `inOwnWords` */
  async connect(): Promise<void> {
    if (this.#isClosed) throw new ClosedError();
    this.#opening ??= this.#inOwnWords(this.#open()).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    await this.#opening;
    if (this.#isClosed) throw new ClosedError();
  }

  /** Resolves when the database answers; opens it, unless it is open. @throws DatabaseSettingError */
  async ping(): Promise<void> {
    const { dialect, description } = this.#options.database;
    await this.connect();
    await this.reach(({ look }) =>
      look(async (db) => {
        await sql`select 1`.execute(db);
        await dialect.checkSettings?.(db, description);
      }),
    );
  }

  /** Whether the database is known to answer somebody now, whatever else it was asked. */
  async answers(): Promise<boolean> {
    if (this.#connection === undefined) return false;
    const { access, verify } = this.#connection;
    // A file that is gone would still answer what needs none of it.
    const fault = await verify?.().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (this.#options.database.dialect.meaningOf(fault)?.kind === "unreachable") return false;
    return (await access.life()) === "answers";
  }

  /** Runs work that has limits of its own, for which a user needs these rights. */
  reach<T>(work: (access: Access, call: Call) => Promise<T>, user?: DatabaseUser): Promise<T> {
    return this.#reach(work, user, this.#reads);
  }

  /** As `reach`, for what `close` leaves a second to come to its end. */
  reachToWrite<T>(work: (access: Access, call: Call) => Promise<T>, user: DatabaseUser): Promise<T> {
    return this.#reach(work, user, this.#writes);
  }

  /** Runs queries that need not belong together. */
  use<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.answered(({ use }) => use(work));
  }

  /** Runs work that has no limit of its own. */
  async answered<T>(work: (access: Access) => Promise<T>, user?: DatabaseUser): Promise<T> {
    const late = silentFor(silence.answerMs);
    try {
      return await this.reach((access, call) => {
        call.within(silence.answerMs, () => late);
        return work(access);
      }, user);
    } catch (error) {
      const isLate = error instanceof DatabaseUnavailableError && error.cause === late;
      if (!isLate || this.isJoined || !(await this.answers())) throw error;
      throw inOwnWords(new UnansweredError(silence.answerMs), this.#options.database, user);
    }
  }

  /**
   * Closes it, within 3 seconds: nothing more is begun, and reads end with ClosedError at once. A write has a
   * second to come to its end; then it ends with ClosedError, too, unless it is being committed.
   */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(): Promise<void> {
    const { database, clock, guard } = this.#options;
    let isAwaited = true;
    // A database that has to be there is not made anew.
    const connected = this.#inOwnWords(database.connect({ mayCreate: !guard.isSet }));
    const connecting = connected.then(async (connection) => {
      if (isAwaited && !this.#isClosed) return this.#take(connection);
      await connection.close();
      throw new ClosedError();
    });
    try {
      // Longer than a file's lock is waited for: that is no silence.
      const late = () => new DatabaseUnavailableError(database.description, silentFor(silence.openMs));
      await within(connecting, { clock, ms: silence.openMs, late });
    } finally {
      isAwaited = false;
    }
  }

  #take(connection: Connection): void {
    const { database, clock, head } = this.#options;
    const { dialect, description, schema } = database;
    const blocked = (): Error => new WriteBlockedError(description, new Error("others were before it"));
    const repeated = new Set([head.compile(ownQueries(connection.db, dialect, schema)).sql]);
    const access = connectionAccess({ connection, dialect, description, schema, clock, repeated, blocked });
    this.#connection = {
      access,
      push: connection.push,
      glance: connection.glance,
      verify: connection.verify,
      isBorrowed: connection.isBorrowed,
      async close(cause) {
        await Promise.all([access.close(cause), connection.close()]);
      },
    };
  }

  async #close(): Promise<void> {
    const briefly = (work: Promise<unknown>): Promise<unknown> =>
      within(work, { clock: this.#options.clock, ms: graceMs, late: "closing" }).catch(() => undefined);
    const cause = new ClosedError();
    this.#reads.end(cause);
    await briefly(this.#writes.settled());
    this.#writes.end(cause);
    await briefly(Promise.allSettled([this.#opening, this.#writes.settled()]));
    await briefly(Promise.all([this.#options.publisher?.close(), this.#connection?.close(cause)]));
  }

  async #reach<T>(
    work: (access: Access, call: Call) => Promise<T>,
    user: DatabaseUser | undefined,
    calls: OpenCalls,
  ): Promise<T> {
    // A database that the application handed in would still answer after the end.
    if (this.#isClosed) throw new ClosedError();
    if (!this.#connection) {
      const { guard, database } = this.#options;
      guard.checkLast();
      throw new DatabaseUnavailableError(database.description, new Error("it has not been opened yet"));
    }
    const { access, verify } = this.#connection;
    const verified = async (call: Call): Promise<T> => {
      await verify?.();
      return work(access, call);
    };
    return this.#inOwnWords(
      calls.run((call) => (verify ? verified(call) : work(access, call))),
      user,
    );
  }

  async #inOwnWords<T>(work: Promise<T>, user?: DatabaseUser): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof GivenUp || this.#isForTheApplication(error)) throw error;
      throw (await this.#absence(error, user)) ?? inOwnWords(error, this.#options.database, user);
    }
  }

  #absence(error: unknown, user: DatabaseUser | undefined): Promise<PlugbayError | undefined> {
    return absenceError(error, user, { ...this.#options, access: this.#connection?.access });
  }

  /** In a transaction of its own it can repeat what lost against another, and knows that by the driver's error. */
  #isForTheApplication(error: unknown): boolean {
    return this.isJoined && this.#options.database.dialect.meaningOf(error)?.kind === "conflict";
  }
}

/** How long each step of closing may take, in milliseconds. */
const graceMs = 1_000;
