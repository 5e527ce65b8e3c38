import type { Writable } from "node:stream";

/**
 * Lets a reader such as `head` leave early: what it does not want to read is dropped, and the command
 * finishes its work.
 */
export function tolerateClosedPipe(stream: Writable): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** Resolves when all that was written is out, or nobody reads it any more. */
export function flush(stream: Writable): Promise<void> {
  return new Promise((resolve) => void stream.write("", () => resolve()));
}
