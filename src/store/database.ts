import type { AnyKysely } from "./any-kysely.ts";
import type { StoreDialect } from "./dialect.ts";
import type { OwnConnections } from "./own-connections.ts";
import type { PushChannel } from "./push-channel.ts";
import type { Sockets } from "./sockets.ts";

/** An open database. */
export interface Connection {
  /** @internal */
  readonly db: AnyKysely;
  /** Present where the database itself can tell of changes. */
  readonly push?: PushChannel;
  /**
   * Sees that the database that is open is the one in its place, where another one can take that unnoticed, and opens
   * that one. Absent where connections end with their database.
   *
   * @internal
   */
  verify?(): Promise<void>;
  /** Whether its connections are the application's, which may be using all of them. Default false. */
  readonly isBorrowed?: boolean;
  /** Present where the database tells at next to no cost whether there is something to read. @internal */
  readonly glance?: Glance;
  /** Makes a connection beside those that were lent, all of which may be in use, and ends it. @internal */
  probe?(): Promise<void>;
  /** How many of its connections writers may hold at once, so that there is one left for others. Default 1. */
  readonly writers?: number;
  /**
   * Opens connections for reads alone, which no writer can hold up, and which prepare the `repeated` statements. Absent: reads use the writers' connections.
   *
   * @internal
   */
  readonly openReads?: (repeated: ReadonlySet<string>) => ReadConnections;
  /** The writers' connections, where they go over a network and are plugbay's to close. @internal */
  readonly connections?: OwnConnections;
  /** Closes what `connect` opened; leaves what was handed in. */
  close(): Promise<void>;
}

/** A look that costs microseconds: it can be taken more often than the revision is read. */
export interface Glance {
  /** How often to take it, in milliseconds. */
  readonly intervalMs: number;
  /** Whether others may have committed something since this was asked last. */
  hasMoved(): boolean;
  /** Has `onSign` called whenever somebody writes, where that can be heard; returns the function that ends this. */
  listen?(onSign: () => void): () => void;
}

/** Connections for reads, with their sockets where they go over a network and are plugbay's to close. */
export interface ReadConnections {
  readonly db: AnyKysely;
  readonly sockets?: Sockets;
}

/** Where plugbay keeps its tables. Made by `sqlite()`, `postgres()` or `mysql()`. */
export interface Database {
  /** What to call it in messages; without credentials. */
  readonly description: string;
  /** @internal */
  readonly dialect: StoreDialect;
  /** The schema of plugbay's tables. Default: the one that the connection uses. */
  readonly schema?: string | undefined;
  /**
   * `mayCreate`: whether a database that is not there is made, where opening can do that. Default true.
   *
   * @throws DriverMissingError, InvalidOptionError, and what the driver throws
   */
  connect(options?: { readonly mayCreate?: boolean }): Promise<Connection>;
}
