import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";

type Fetch = Parameters<typeof getRequestListener>[0];

/** Serves HTTP to this machine only; port 0 takes a free one. Rejects when the port is in use. */
export async function listen(fetch: Fetch, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer(getRequestListener(fetch, { overrideGlobalObjects: false }));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

/** Ends a server and its idle keep-alive connections, which would hold it open. */
export async function closeServer(server: Server): Promise<void> {
  const closed = promisify((done: () => void) => server.close(done))();
  server.closeAllConnections();
  await closed;
}
