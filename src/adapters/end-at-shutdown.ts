/** What all copies of this module share in a process. */
interface Shutdown {
  hasBegun: boolean;
  /** End the streams that are open. */
  readonly ends: Set<() => void>;
}

const place = Symbol.for("plugbay.next.shutdown");

/**
 * Ends an event stream when the process is told to end: the server of `next start` takes no more connections
 * then, and waits for those that it has. No new stream is begun on one of them.
 */
export function endAtShutdown(response: Response): Response {
  if (response.body === null || response.headers.get("content-type") !== "text/event-stream") return response;
  const shutdown = shutdownOfProcess();
  if (!shutdown.hasBegun) return new Response(endable(response.body, shutdown.ends), response);
  void response.body.cancel();
  return new Response(null, { status: 503, headers: { connection: "close" } });
}

function shutdownOfProcess(): Shutdown {
  const shared = globalThis as { [place]?: Shutdown };
  shared[place] ??= watchSignals();
  return shared[place];
}

function watchSignals(): Shutdown {
  const shutdown: Shutdown = { hasBegun: false, ends: new Set() };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      shutdown.hasBegun = true;
      for (const end of shutdown.ends) end();
      // With no other listener, the signal would have ended the process.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
  return shutdown;
}

function endable(source: ReadableStream<Uint8Array>, ends: Set<() => void>): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  const end = (): void => {
    ends.delete(end);
    reader.cancel().catch(() => undefined);
  };
  ends.add(end);
  return new ReadableStream<Uint8Array>(
    {
      // A reader that is cancelled is done.
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        ends.delete(end);
        controller.close();
      },
      async cancel(reason) {
        ends.delete(end);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
