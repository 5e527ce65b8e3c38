/** An answer that goes on until somebody ends it. */
export interface EventStream {
  readonly response: Response;
  /** Ends the answer, complete. */
  end(): void;
  /** Resolves when the answer has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

/** An answer as a stream of events that can be ended from outside; undefined: it is another kind of answer. */
export function eventStreamOf(response: Response): EventStream | undefined {
  // The headers first: Hono's server writes an answer faster whose body nobody has looked at.
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return undefined;
  if (response.body === null) return undefined;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return {
    response: new Response(body, response),
    end: () => void reader.cancel().catch(() => undefined),
    ended: reader.closed.catch(() => undefined),
  };
}
