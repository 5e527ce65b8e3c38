import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toNode } from "../../adapters/node.ts";
import type { App } from "../app.ts";
import { ListenError } from "../errors.ts";
import type { TrustedProxies } from "./client-address.ts";

/** How long answers may take to get out once the end was asked for; open event streams never do by themselves. */
const drainMs = 1_000;

/** A server that listens, and answers once it is told how. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  answerWith(app: App, proxies: TrustedProxies): void;
  close(): Promise<void>;
}

/** Listens on an address of this machine; port 0 takes a free one. @throws ListenError */
export async function listen(host: string, port: number): Promise<Listening> {
  let answer: RequestListener = notReady;
  const server = createServer((incoming, outgoing) => answer(incoming, outgoing));
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw new ListenError(host, port, error);
  }
  return {
    host,
    port: (server.address() as AddressInfo).port,
    answerWith(app, proxies) {
      answer = (incoming, outgoing) => {
        const forwarded = incoming.headers["x-forwarded-for"];
        const address = proxies.clientOf(incoming.socket.remoteAddress, String(forwarded ?? ""));
        toNode({ basePath: "", fetch: (request) => app.fetch(request, address) })(incoming, outgoing);
      };
    },
    close: () => close(server),
  };
}

/** What is asked before it is told how to answer. */
const notReady: RequestListener = (_incoming, outgoing) => {
  outgoing.writeHead(503, { "retry-after": "1", "cache-control": "no-store", "content-type": "text/plain" });
  outgoing.end("the panel is starting\n");
};

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(limit);
}
