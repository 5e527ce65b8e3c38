import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toNode } from "../../adapters/node.ts";
import type { App } from "../app.ts";
import { ListenError } from "../errors.ts";

/** How long answers may take to get out once the end was asked for; open event streams never do by themselves. */
const drainMs = 1_000;

/** A server that listens, and answers once it is told how. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  answerWith(app: App, trustProxy: boolean): void;
  close(): Promise<void>;
}

/** Listens on an address of this machine; port 0 takes a free one. @throws ListenError */
export async function listen(host: string, port: number): Promise<Listening> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw new ListenError(host, port, error);
  }
  return {
    host,
    port: (server.address() as AddressInfo).port,
    answerWith(app, trustProxy) {
      server.on("request", (incoming, outgoing) => {
        const address = addressOf(incoming, trustProxy);
        toNode({ basePath: "", fetch: (request) => app.fetch(request, address) })(incoming, outgoing);
      });
    },
    close: () => close(server),
  };
}

/** The address that a client is counted by. A header counts only where something in front writes it. */
function addressOf({ socket, headers }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers["x-forwarded-for"] : undefined;
  // The last one is what the proxy itself saw; what stands before it anybody may have written.
  const last = String(forwarded ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last || (socket.remoteAddress ?? "");
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(limit);
}
