import { type NetConnectOpts, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { silence, silentFor } from "./silence.ts";

/**
 * The sockets of a pool that plugbay opened. A connection whose other side vanished without a word says nothing:
 * so it is seen here whether something still comes, and each can be ended at once, without a goodbye.
 */
export class Sockets {
  readonly #silenceMs: number;
  readonly #open = new Set<Duplex>();
  /** Received by those that are closed. */
  #heard = 0;

  /** Each gives up when nothing came or went for `silenceMs`; pools close idle connections long before. */
  constructor(silenceMs: number = silence.connectionMs) {
    this.#silenceMs = silenceMs;
  }

  /** A new one, which connects to `target`, or is yet to be told where to. */
  open(target?: NetConnectOpts): Socket {
    const socket = new Socket();
    const limitMs = this.#silenceMs;
    socket.setTimeout(limitMs, () => socket.destroy(silentFor(limitMs)));
    this.watch(socket);
    return target ? socket.connect(target) : socket;
  }

  /** Takes in one that an application's own function made. */
  watch<S extends Duplex | undefined>(socket: S): S {
    if (socket === undefined) return socket;
    this.#open.add(socket);
    socket.once("close", () => {
      this.#open.delete(socket);
      this.#heard += received(socket);
    });
    return socket;
  }

  /** How many bytes have come over all of them so far. */
  get heard(): number {
    let heard = this.#heard;
    for (const socket of this.#open) heard += received(socket);
    return heard;
  }

  /** Ends all of them; what is under way on them fails with `cause`. */
  destroy(cause: Error): void {
    for (const socket of this.#open) socket.destroy(cause);
  }

  /** Lets `end` close the pool in good order, and ends what is left of its sockets after a moment. */
  async endWith(end: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, silence.partingMs);
    });
    await Promise.race([end().catch(() => undefined), late]);
    clearTimeout(timer);
    this.destroy(new Error("plugbay has closed the connection"));
  }
}

const received = (socket: Duplex): number => (socket instanceof Socket ? socket.bytesRead : 0);
