import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../thrown.ts";
import type { Db } from "./dialect.ts";
import { NoConnectionError } from "./errors.ts";

/** How long a connection that an application handed in may take to become free, in milliseconds. */
const limitMs = 5_000;

/** How long after a refusal a pool that lets nobody wait is asked again. */
const pauseMs = 20;

interface Waiter {
  /** Uses the connection, and resolves, when it is not needed any more, with what tells the outcome. */
  readonly serve: (connection: Db) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/**
 * Borrows connections from an application, which may be using all of them, and may even wait for what is to be
 * done with one: so nobody waits for longer than the limit. A request for a connection cannot be withdrawn; one
 * that nobody waits for any more serves whoever comes next, so that requests do not pile up in a busy pool. What
 * arrives when nobody is left goes back unused.
 */
export class ConnectionQueue {
  readonly #db: Db;
  readonly #description: string;
  readonly #waiters: Waiter[] = [];
  #requests = 0;

  constructor(db: Db, description: string) {
    this.#db = db;
    this.#description = description;
  }

  /**
   * Does `work` on one connection.
   *
   * @throws NoConnectionError where none comes in time; `work` is not called then
   */
  run<T>(work: (connection: Db) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(new NoConnectionError(this.#description, limitMs));
      }, limitMs);
      const waiter: Waiter = {
        serve: async (connection) => {
          clearTimeout(timer);
          return work(connection).then(
            (result) => () => resolve(result),
            (error: unknown) => () => reject(error),
          );
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#waiters.push(waiter);
      if (this.#requests < this.#waiters.length) void this.#request();
    });
  }

  async #request(): Promise<void> {
    this.#requests += 1;
    let isOpen = true;
    const end = (): Waiter | undefined => {
      if (!isOpen) return undefined;
      isOpen = false;
      this.#requests -= 1;
      return this.#waiters.shift();
    };
    let tell: (() => void) | undefined;
    try {
      await this.#db.connection().execute(async (connection) => {
        tell = await end()?.serve(connection);
      });
    } catch (error) {
      if (!isRefused(error)) end()?.fail(error);
    }
    if (isOpen) {
      this.#requests -= 1;
      await sleep(pauseMs);
      if (this.#requests < this.#waiters.length) void this.#request();
    }
    // Once the connection is back, so that whoever hears of it finds it free.
    tell?.();
  }
}

/** Whether a pool of mysql2 has no connection to give, and was told to let nobody wait, or no more than do. */
const isRefused = (error: unknown): boolean =>
  /^(No connections available|Queue limit reached)\.$/.test(messageOf(error));
