import { createHash } from "node:crypto";
import type { AuthContext } from "better-auth";
import type { Clock } from "../../time/clock.ts";

/** So many guesses at one account, then a wait since the last one. */
const accountLimit = { guesses: 5, seconds: 60 } as const;

const model = "rateLimit";

interface Row {
  readonly count: number;
  readonly lastRequest: number | bigint | string;
}

/**
 * Counts guesses at an account, from whatever addresses they come, in the table in which better-auth counts those of
 * addresses: so for all processes, and over restarts.
 */
export class AccountLimit {
  readonly #adapter: AuthContext["adapter"];
  readonly #clock: Clock;

  constructor(adapter: AuthContext["adapter"], clock: Clock) {
    this.#adapter = adapter;
    this.#clock = clock;
  }

  /** Counts a guess before it is tried; the seconds to wait if it must not be, else undefined. */
  async take(name: string): Promise<number | undefined> {
    const key = keyOf(name);
    const now = this.#clock.now();
    const begin = now - accountLimit.seconds * 1_000;
    const row = await this.#adapter.findOne<Row>({ model, where: [{ field: "key", value: key }] });
    if (row === null) return this.#begin(key, name, now);
    const last = Number(row.lastRequest);
    const isOver = last <= begin;
    if (!isOver && row.count >= accountLimit.guesses) return Math.ceil((last - begin) / 1_000);
    const where = [
      { field: "key", value: key },
      { field: "lastRequest", operator: isOver ? ("lte" as const) : ("gt" as const), value: begin },
      ...(isOver ? [] : [{ field: "count", operator: "lt" as const, value: accountLimit.guesses }]),
    ];
    // What was read may be old by now, so the database decides; who comes too late looks again.
    const counted = await this.#adapter.incrementOne({
      model,
      where,
      increment: isOver ? {} : { count: 1 },
      set: { lastRequest: now, ...(isOver && { count: 1 }) },
    });
    return counted === null ? this.take(name) : undefined;
  }

  async #begin(key: string, name: string, now: number): Promise<number | undefined> {
    try {
      await this.#adapter.create({ model, data: { key, count: 1, lastRequest: now } });
      return undefined;
    } catch (error) {
      const row = await this.#adapter.findOne<Row>({ model, where: [{ field: "key", value: key }] });
      if (row === null) throw error;
      return this.take(name);
    }
  }

  /** Forgets the guesses at an account, because somebody knew its password. */
  async clear(name: string): Promise<void> {
    await this.#adapter.deleteMany({ model, where: [{ field: "key", value: keyOf(name) }] });
  }
}

const keyOf = (name: string): string => createHash("sha256").update(name).digest("base64url");
