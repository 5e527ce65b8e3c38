import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { MountOptions } from "../../src/adapters/mount.ts";
import type { Admin } from "../../src/admin/admin.ts";

export interface HostOptions extends MountOptions {
  readonly admin: Admin;
  /** Which admin it is, for a host in another process, which makes its own. */
  readonly kind: "test" | "real";
  /** How many bytes of JSON the host's body parser takes; undefined: it has none. */
  readonly jsonLimit?: number;
}

/** An application that the panel is mounted in. Everything that is not the panel's it answers with its own 404. */
export interface Host {
  readonly port: number;
  close(): Promise<void>;
}

export type StartHost = (options: HostOptions) => Promise<Host>;

export const ofServer = (server: Server): Host => ({
  port: (server.address() as AddressInfo).port,
  close: () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
});

export async function listening(server: Server): Promise<Host> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return ofServer(server);
}
