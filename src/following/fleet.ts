import type { OwnReport } from "../serving/own-report.ts";
import type { Serving } from "../serving/serving.ts";
import type { ProcessRow } from "../store/process-row.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";
import { coalesce } from "./coalesce.ts";
import { pace } from "./pace.ts";
import { type Poll, poll } from "./poll.ts";

interface FleetOptions {
  readonly clock: Clock;
  readonly store: Pick<Store, "processes">;
  readonly serving: Pick<Serving, "isClosed" | "snapshot"> & {
    readonly report: Pick<OwnReport, "version" | "content">;
  };
  /** Which of the processes this one is; undefined where it is none of them. */
  readonly ownId: () => string | undefined;
  /** Whether processes are heard when they say something new. */
  readonly isPushed: () => boolean;
}

/** Who follows what processes say of themselves. */
interface FleetFollower {
  readonly onNews: () => void;
  readonly lookMs: number;
}

/** Where processes are heard, a look only makes up for what was missed, and for those that end. */
const besideMs = 5_000;

/** What was read is good for so long where nobody follows it, in milliseconds. */
const freshMs = 1_000;

/** What is told in a burst is read together. */
const hintPause = { shortestMs: 100, longestMs: 160 };

/**
 * For so long after one process told the fleet to look, the others need not, in milliseconds: who follows it looks again
 * until then, and for as long after. Else each of a thousand would tell a thousand others of one revision.
 */
const toldMs = 250;

/** The list with what this process says of itself now, and what it was made of. */
interface WithOwn {
  readonly rows: readonly ProcessRow[];
  readonly revision: number;
  readonly version: number;
  readonly list: readonly ProcessRow[];
}

/**
 * What the application's processes say of themselves, as it was last read; what this one says, as it is. It is read when
 * somebody asks, and again and again only for as long as somebody follows it: at once where a push channel brings the
 * news, else at intervals.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #followers = new Set<FleetFollower>();
  readonly #read: () => Promise<void>;
  readonly #hints: ReturnType<typeof pace>;
  #rows: readonly ProcessRow[] = [];
  #withOwn: WithOwn | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #poll: Poll | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#read = coalesce(() => this.#look());
    this.#hints = pace(
      options.clock,
      () => hintPause,
      async () => {
        if (this.#poll && this.#isToldSince(2 * toldMs)) this.#hints.ask();
        await this.#read();
      },
    );
  }

  /** Whether another process has just told the fleet to look. */
  get isTold(): boolean {
    return this.#isToldSince(toldMs);
  }

  /** The processes as they were last read, and this one as it is: the same list, as long as none says anything else. */
  get known(): readonly ProcessRow[] {
    const { ownId, serving } = this.#options;
    const rows = this.#rows;
    const id = ownId();
    if (!rows.some((row) => row.id === id)) return rows;
    const { revision } = serving.snapshot;
    const version = serving.report.version();
    const made = this.#withOwn;
    if (made?.rows === rows && made.revision === revision && made.version === version) return made.list;
    const own = { revision, saysWhatServes: true, ...serving.report.content() };
    const list = rows.map((row) => (row.id === id ? { ...row, ...own } : row));
    this.#withOwn = { rows, revision, version, list };
    return list;
  }

  /** As they are now. @throws what the database says */
  async now(): Promise<readonly ProcessRow[]> {
    await this.#read();
    return this.known;
  }

  /** As they are, or were a moment ago; where the database does not answer, as they were last read. */
  async recent(): Promise<readonly ProcessRow[]> {
    const age = this.#options.clock.monotonic() - this.#readAt;
    const isFollowed = this.#poll !== undefined && age < 2 * besideMs;
    if (!isFollowed && (age >= freshMs || this.#isToldSince(2 * toldMs)))
      await this.#read().catch(() => undefined);
    return this.known;
  }

  /**
   * Calls `onNews` when a process says something new, came or left, until the returned function is called. Where nothing
   * is heard of that, it is looked for every `lookMs`.
   */
  follow(onNews: () => void, lookMs: number): () => void {
    const follower = { onNews, lookMs };
    this.#followers.add(follower);
    this.#poll?.stop();
    this.#poll = poll(
      this.#options.clock,
      () => this.#intervalMs(),
      () => this.#read(),
    );
    this.#poll.hurry();
    return () => {
      if (!this.#followers.delete(follower) || this.#followers.size > 0) return;
      this.#poll?.stop();
      this.#poll = undefined;
    };
  }

  /** Another process has told the fleet to look. */
  told(): void {
    this.#toldAt = this.#options.clock.monotonic();
    this.hint();
  }

  /** A process may say something new. */
  hint(): void {
    if (this.#poll) this.#hints.ask();
    else this.#readAt = Number.NEGATIVE_INFINITY;
  }

  stop(): void {
    this.#followers.clear();
    this.#poll?.stop();
    this.#hints.stop();
  }

  #isToldSince(ms: number): boolean {
    return this.#options.clock.monotonic() - this.#toldAt < ms;
  }

  async #look(): Promise<void> {
    const { clock, store, serving } = this.#options;
    const readAt = clock.monotonic();
    const rows = await store.processes();
    if (serving.isClosed) return;
    this.#readAt = readAt;
    const before = this.#rows;
    const isNews = rows.length !== before.length || !rows.every((row, at) => saysTheSame(row, before[at]));
    if (!isNews) return;
    this.#rows = rows;
    for (const { onNews } of [...this.#followers]) onNews();
  }

  #intervalMs(): number {
    if (this.#options.isPushed()) return besideMs;
    return Math.min(...Array.from(this.#followers, ({ lookMs }) => lookMs));
  }
}

/** But for when it was seen. Lists that are the same are the same objects. */
const saysTheSame = (one: ProcessRow, other: ProcessRow | undefined): boolean =>
  one.id === other?.id &&
  one.revision === other.revision &&
  one.state === other.state &&
  one.transport === other.transport &&
  one.plugins === other.plugins &&
  one.serves === other.serves &&
  one.troubles === other.troubles;
