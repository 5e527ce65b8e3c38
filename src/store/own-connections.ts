import { Socket } from "node:net";
import { systemClock } from "../time/clock.ts";
import { DeadConnection } from "./dead-connection.ts";
import { silence } from "./silence.ts";

/**
 * The connections of a pool that plugbay opened. One that the network has closed without a word takes what it is
 * sent and never answers. It is found by a statement that any server answers at once; then it is closed, and so are all
 * idle ones, which may be dead, too.
 */
export class OwnConnections {
  readonly #idle = new Set<Socket>();

  /** Takes in the socket of a connection; undefined for a stream of the application's whose bytes are not counted. */
  take(stream: unknown): Socket | undefined {
    if (!(stream instanceof Socket)) return undefined;
    stream.once("close", () => this.#idle.delete(stream));
    return stream;
  }

  lent(socket: Socket): void {
    this.#idle.delete(socket);
  }

  returned(socket: Socket): void {
    if (!socket.destroyed) this.#idle.add(socket);
  }

  closeIdle(cause: Error): void {
    for (const socket of this.#idle) socket.destroy(cause);
  }

  /**
   * Expects an answer on a connection that was sent something. Counted in ticks, so that a process that was busy itself
   * reads what has come before it judges.
   *
   * @returns the function that ends this
   */
  expectAnswer(socket: Socket): () => void {
    const heard = socket.bytesRead;
    let left = silence.deadMs / silence.tickMs;
    const tick = (): void => {
      if (socket.bytesRead > heard) return;
      left -= 1;
      if (left > 0) cancel = systemClock.schedule(silence.tickMs, tick, true);
      else this.#closeDead(socket);
    };
    let cancel = systemClock.schedule(silence.tickMs, tick, true);
    return () => cancel();
  }

  #closeDead(socket: Socket): void {
    const cause = new DeadConnection();
    this.closeIdle(cause);
    socket.destroy(cause);
  }
}
