import { connect } from "node:net";
import { findProgram } from "./find-program.ts";
import type { Server } from "./server.ts";

export const redis: Server = {
  title: "Redis",
  addressVariable: "PLUGBAY_TEST_REDIS_URL",
  debianPackages: ["redis-server"],
  stopSignal: "KILL",

  findProgram: () => findProgram(["redis-server", "valkey-server"]),

  preparation: () => [],

  command: (program, { folder, port }) => [
    program,
    ...["--bind", "127.0.0.1"],
    ...["--port", String(port)],
    ...["--dir", folder],
    ...["--save", ""],
    ...["--appendonly", "no"],
  ],

  url: ({ port }) => `redis://127.0.0.1:${port}`,

  async ping(url) {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    socket.setTimeout(5_000, () => socket.destroy(new Error(`${url} did not answer within 5 s.`)));
    socket.write("PING\r\n");
    for await (const reply of socket) {
      // A server that asks for a password first answers too.
      if (/^(\+PONG|-NOAUTH)/.test(String(reply))) return;
      throw new Error(`${url} answered ${String(reply)}`);
    }
    throw new Error(`${url} closed the connection without an answer.`);
  },
};
