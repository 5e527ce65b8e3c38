import { type NetConnectOpts, Socket } from "node:net";

/**
 * A socket that gives up when nothing came or went for a while. A connection whose other side vanished
 * without a word would else hang for ever, and block its place in the pool. Pools close idle connections
 * long before.
 */
export function patientSocket(target?: NetConnectOpts): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceLimitMs, () => {
    const error = new Error(`the database was silent for ${silenceLimitMs / 1_000} s`);
    socket.destroy(Object.assign(error, { code: "ETIMEDOUT" }));
  });
  return target ? socket.connect(target) : socket;
}

const silenceLimitMs = 30_000;
