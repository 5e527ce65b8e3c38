import { Socket } from "node:net";
import { DeadConnection } from "./dead-connection.ts";
import { silence } from "./silence.ts";
import { afterTicks } from "./ticks.ts";

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
   * Expects an answer on a connection that was sent something.
   *
   * @returns the function that ends this
   */
  expectAnswer(socket: Socket): () => void {
    const heard = socket.bytesRead;
    return afterTicks(silence.deadMs, () => {
      if (socket.bytesRead === heard) this.#closeDead(socket);
    });
  }

  #closeDead(socket: Socket): void {
    const cause = new DeadConnection(silence.deadMs);
    this.closeIdle(cause);
    socket.destroy(cause);
  }
}
