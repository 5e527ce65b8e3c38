import type { Clock } from "../time/clock.ts";
import { type Stop, within } from "../time/deadline.ts";
import type { KeepAlive } from "../time/keep-alive.ts";
import { onAbort } from "../time/on-abort.ts";
import type { Attempt } from "./attempt.ts";
import type { Opening, Stoppable } from "./call-parts.ts";
import { checkPart, endStream, type OpenedStream } from "./open-stream.ts";

export interface StreamParts<P> {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Held while a part is waited for, and no longer: a process may end that has forgotten a stream. */
  readonly keepAlive: KeepAlive;
  /** Begins the run that opens the stream. */
  open(): { readonly run: Opening; readonly opened: Promise<OpenedStream<P>> };
  /** The first part is there. */
  begun(stream: Stoppable): void;
  /** It came to its end, or nobody wants more of it. */
  succeeded(attempt: Attempt): void;
  /** It broke off. `isGivenUp`: because the caller, or closing, ended it. */
  failed(attempt: Attempt, error: unknown, isGivenUp: boolean): void;
  ended(stream: Stoppable): void;
}

interface Flow<P> {
  readonly attempt: Attempt;
  readonly iterator: OpenedStream<P>["iterator"];
}

/** How long the end of a provider's stream is waited for, in milliseconds. */
const endLimitMs = 1_000;

const notWanted = (): Error => new Error("the stream is no longer read");

const done = { done: true, value: undefined } as const;

/**
 * The parts of a stream, from the first item that gives a first part. After that there is no failover: what breaks then
 * throws, so that nothing looks complete that is not. The lease and the limits hold until the end.
 */
export class FailoverStream<P>
  implements AsyncIterableIterator<P, undefined>, AsyncDisposable, Stoppable, Stop
{
  before: Stoppable | undefined = undefined;
  after: Stoppable | undefined = undefined;
  readonly #parts: StreamParts<P>;
  /** What opens it, until that is over. */
  #opening: Opening | undefined;
  #flow: Flow<P> | undefined;
  #isOver = false;
  /** What it broke off with, until that was told. */
  #failure: { readonly error: unknown } | undefined;
  /** The part that is waited for, and what ends the wait. */
  #asked: Promise<unknown> | undefined;
  #interrupt: ((reason: unknown) => void) | undefined;
  #isStopped = false;
  /** Resolves when nothing uses the instance any more. */
  #released: Promise<void> | undefined;
  #forgetSignal = (): void => undefined;
  /** One part is asked for after the other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(parts: StreamParts<P>) {
    this.#parts = parts;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  next(): Promise<IteratorResult<P, undefined>> {
    const part = this.#before.then(() => this.#next());
    this.#before = part.catch(() => undefined);
    return part;
  }

  /** Ends it: the provider's stream ends, too. If a part is waited for, that says nothing of the provider. */
  async return(): Promise<IteratorResult<P, undefined>> {
    if (this.#isOver) return done;
    const flow = this.#flow;
    const opening = this.#opening;
    const isWaiting = this.#asked !== undefined;
    const ended = this.#end();
    if (flow) {
      const { attempt } = flow;
      attempt.end();
      if (isWaiting) this.#parts.failed(attempt, notWanted(), true);
      else this.#parts.succeeded(attempt);
      const { clock } = this.#parts;
      await within(ended, { clock, ms: endLimitMs, late: "ending a stream" }).catch(() => undefined);
    } else void opening?.stop(notWanted());
    return done;
  }

  /** As `return`; rejects with the error. */
  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  /** Of a stream that is open: what opens it is stopped by itself. */
  stop(reason: unknown): Promise<unknown> | undefined {
    this.#isStopped = true;
    this.#flow?.attempt.giveUp(reason);
    return this.#released;
  }

  /** The part that is waited for is waited for until then. */
  onStop(listener: (reason: unknown) => void): () => void {
    this.#interrupt = listener;
    return () => {
      this.#interrupt = undefined;
    };
  }

  async #next(): Promise<IteratorResult<P, undefined>> {
    if (this.#isOver) return this.#tellEnd();
    const flow = this.#flow;
    return flow ? this.#take(flow) : this.#open();
  }

  async #open(): Promise<IteratorResult<P, undefined>> {
    const { signal } = this.#parts;
    const { run, opened } = this.#parts.open();
    this.#opening = run;
    let stream: OpenedStream<P>;
    try {
      stream = await opened;
    } catch (error) {
      if (this.#isOver) return done;
      this.#isOver = true;
      throw error;
    }
    const { attempt } = run;
    if (attempt === undefined) throw new Error("a run that succeeded had an attempt");
    this.#opening = undefined;
    this.#flow = { attempt, iterator: stream.iterator };
    attempt.handOver((reason) => this.#broken(attempt, reason));
    if (this.#isOver) {
      // It ended in the very turn in which the first part came.
      attempt.end();
      this.#parts.succeeded(attempt);
      void this.#releaseAfter(attempt, endStream(stream));
      return done;
    }
    this.#parts.begun(this);
    if (signal?.aborted) void this.stop(signal.reason);
    else if (signal) this.#forgetSignal = onAbort(signal, () => void this.stop(signal.reason));
    return this.#isOver ? this.#tellEnd() : this.#hand(attempt, stream.first);
  }

  async #take({ attempt, iterator }: Flow<P>): Promise<IteratorResult<P, undefined>> {
    attempt.wait(true);
    const asked = (async () => iterator.next())();
    this.#asked = asked;
    this.#parts.keepAlive.hold();
    try {
      const part = await within(asked, { clock: this.#parts.clock, late: "the next part", stop: this });
      if (!this.#isOver) return this.#hand(attempt, checkPart(part));
    } catch (error) {
      attempt.end();
      this.#broken(attempt, error);
    } finally {
      this.#asked = undefined;
      this.#parts.keepAlive.release();
    }
    return this.#tellEnd();
  }

  #hand(attempt: Attempt, part: IteratorResult<P>): IteratorResult<P, undefined> {
    if (part.done) {
      attempt.end();
      this.#parts.succeeded(attempt);
      void this.#end(true);
      return done;
    }
    attempt.wait(false);
    return { done: false, value: part.value };
  }

  /** The provider broke off, a limit was reached, or the caller ended it. */
  #broken(attempt: Attempt, error: unknown): void {
    if (this.#isOver) return;
    // Where no part is waited for, it is the consumer that let the time pass.
    const isGivenUp = this.#isStopped || this.#asked === undefined;
    this.#failure = { error };
    this.#parts.failed(attempt, error, isGivenUp);
    this.#released = this.#end();
  }

  /** What the consumer hears that asks for more. */
  #tellEnd(): IteratorResult<P, undefined> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
    return done;
  }

  /** Resolves when the provider's stream has ended. */
  async #end(isComplete = false): Promise<void> {
    this.#isOver = true;
    this.#forgetSignal();
    this.#parts.ended(this);
    const asked = this.#asked;
    this.#interrupt?.(undefined);
    if (this.#flow === undefined) return;
    const ended = isComplete ? Promise.resolve() : endStream(this.#flow);
    await this.#releaseAfter(this.#flow.attempt, Promise.allSettled([asked, ended]));
  }

  async #releaseAfter({ lease }: Attempt, ended: Promise<unknown>): Promise<void> {
    await ended;
    lease.release();
  }
}
