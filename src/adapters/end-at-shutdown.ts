import { eventStreamOf } from "./event-stream.ts";

/** What all copies of this module share in a process. */
interface Shutdown {
  hasBegun: boolean;
  /** End the streams that are open. */
  readonly ends: Set<() => void>;
}

const place = Symbol.for("plugbay.next.shutdown");

/**
 * Ends an event stream when the process is told to end: the server of `next start` takes no more connections
 * then, and waits for those that it has. Nor is the stream's connection kept for another request, or a new
 * stream begun.
 */
export function endAtShutdown(response: Response): Response {
  const stream = eventStreamOf(response);
  if (stream === undefined) return response;
  const shutdown = shutdownOfProcess();
  if (shutdown.hasBegun) {
    stream.end();
    return new Response(null, { status: 503, headers: { connection: "close" } });
  }
  shutdown.ends.add(stream.end);
  void stream.ended.then(() => shutdown.ends.delete(stream.end));
  stream.response.headers.set("connection", "close");
  return stream.response;
}

function shutdownOfProcess(): Shutdown {
  const shared = globalThis as { [place]?: Shutdown };
  shared[place] ??= watchSignals();
  return shared[place];
}

function watchSignals(): Shutdown {
  const shutdown: Shutdown = { hasBegun: false, ends: new Set() };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    hearFirst(signal, () => {
      shutdown.hasBegun = true;
      for (const end of shutdown.ends) end();
    });
  }
  return shutdown;
}

/**
 * Calls `listener` at the first signal, before the application's listeners, which by then find the process as
 * if nobody else had listened. Where there are none, the signal ends the process, as it would have.
 */
function hearFirst(signal: NodeJS.Signals, listener: () => void): void {
  const hear = (): void => {
    process.off("newListener", stayFirst);
    listener();
    // All others are still there, also those that are called once: they are called after this one.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const beFirst = (): void => {
    process.off(signal, hear);
    process.prependOnceListener(signal, hear);
  };
  let isMoving = false;
  const stayFirst = (name: string | symbol, added: unknown): void => {
    if (name !== signal || added === hear || isMoving) return;
    isMoving = true;
    // It is told before the new one is there.
    queueMicrotask(() => {
      isMoving = false;
      beFirst();
    });
  };
  process.on("newListener", stayFirst);
  beFirst();
}
