import { preview } from "../definition/describe.ts";
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
    const parts: Partial<AsyncIterable<P> & Iterable<P>> = await task(implementation, context);
    // Asked for, and not looked for by `in`: a text is iterable, too.
    const iterator = parts[Symbol.asyncIterator]?.() ?? (parts as Iterable<P>)[Symbol.iterator]();
    try {
      return { iterator, first: checkPart(await iterator.next()) };
    } catch (error) {
      void endStream({ iterator });
      throw error;
    }
  };

/** What a provider gave, which may be anything. @throws TypeError, as `for await` does */
export function checkPart<P>(part: IteratorResult<P>): IteratorResult<P> {
  if (typeof part === "object" && part !== null) return part;
  throw new TypeError(`the stream gave ${preview(part)} for a part`);
}

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
