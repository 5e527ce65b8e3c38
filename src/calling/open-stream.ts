import type { RunContext, RunTask } from "./run-context.ts";

/** What a task of `stream` does: it gives the parts, at once or as a promise. */
export type StreamTask<T, P> = (
  implementation: T,
  context: RunContext,
) => AsyncIterable<P> | Iterable<P> | PromiseLike<AsyncIterable<P> | Iterable<P>>;

/** A provider's stream whose first part is there. */
export interface OpenedStream<P> {
  readonly iterator: AsyncIterator<P> | Iterator<P>;
  readonly first: IteratorResult<P>;
}

/** The task of a run that is over when the first part is there, or the end of a stream without parts. */
export const openingOf =
  <P>(task: StreamTask<object, P>): RunTask<object, OpenedStream<P>> =>
  async (implementation, context) => {
    const parts = await task(implementation, context);
    const iterator = Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]();
    return { iterator, first: await iterator.next() };
  };

/**
 * Tells a provider that nobody takes its parts any longer. It is over for everybody else: what goes wrong while it is
 * given up is of no interest.
 */
export async function endStream({ iterator }: Pick<OpenedStream<unknown>, "iterator">): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // See above.
  }
}
