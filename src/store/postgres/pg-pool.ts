import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";

// The types of `pg` are a package of their own, @types/pg, which not every application has. So that the
// declarations are whole without it, they say themselves what of pg they take; test/types holds them against it.

/** A pool of the package `pg`. */
export interface PgPool {
  readonly options: object;
  connect(): Promise<{ release(): void }>;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** The options of a pool of the package `pg`, which documents them. */
export interface PgPoolOptions {
  readonly connectionString?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | (() => string | Promise<string>) | undefined;
  readonly database?: string | undefined;
  readonly ssl?: boolean | ConnectionOptions | undefined;
  readonly sslnegotiation?: "postgres" | "direct" | undefined;
  readonly enableChannelBinding?: boolean | undefined;
  readonly max?: number | undefined;
  readonly min?: number | undefined;
  readonly maxUses?: number | undefined;
  readonly maxLifetimeSeconds?: number | undefined;
  readonly idleTimeoutMillis?: number | undefined | null;
  readonly connectionTimeoutMillis?: number | undefined;
  readonly statement_timeout?: false | number | undefined;
  readonly query_timeout?: number | undefined;
  readonly lock_timeout?: number | undefined;
  readonly idle_in_transaction_session_timeout?: number | undefined;
  readonly keepAlive?: boolean | undefined;
  readonly keepAliveInitialDelayMillis?: number | undefined;
  readonly application_name?: string | undefined;
  readonly fallback_application_name?: string | undefined;
  readonly client_encoding?: string | undefined;
  readonly options?: string | undefined;
  readonly types?: object | undefined;
  readonly pipeline?: boolean | undefined;
  readonly stream?: (() => Duplex | undefined) | undefined;
  readonly log?: ((...messages: never[]) => void) | undefined;
  readonly allowExitOnIdle?: boolean | undefined;
  readonly Promise?: PromiseConstructorLike | undefined;
  readonly Client?: (new () => object) | undefined;
  readonly onConnect?: ((client: never) => void) | undefined;
  readonly verify?: ((client: never, done: (error?: Error) => void) => void) | undefined;
}
