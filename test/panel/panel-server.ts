import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { openPlugbay, type Plugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { sqlite } from "plugbay/sqlite";
import { former, otp, providers } from "./providers.ts";

/** The cookies that say who a visitor is: the application's sign-in, as it were. */
export const actorCookie = "actor";
export const accessCookie = "access";

/** The real panel over a real database. */
export interface PanelServer {
  readonly plugbay: Plugbay;
  /** Where the panel is, without a closing slash. */
  readonly url: string;
  /** The id of an item by its name. */
  idOf(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startPanel(title = "Panel under test"): Promise<PanelServer> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-panel-"));
  const database = sqlite(join(folder, "panel.db"));
  // A process of a version before leaves an item that this one has no plugin for.
  await (await openPlugbay({ database, plugins: [otp, former] })).close();
  const plugbay = await openPlugbay({ database, plugins: providers, version: "2.0.0", pollIntervalMs: 100 });
  const admin = createAdmin(plugbay, {
    basePath: "/admin",
    title,
    authorize: (request) => {
      const cookies = new Map(
        (request.headers.get("cookie") ?? "")
          .split("; ")
          .map((pair) => pair.split("=", 2) as [string, string]),
      );
      const actor = cookies.get(actorCookie);
      if (actor === undefined) return null;
      return { actor, access: cookies.get(accessCookie) === "read" ? "read" : "write" };
    },
  });
  const server = createServer(getRequestListener(admin.fetch, { overrideGlobalObjects: false }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    plugbay,
    url: `http://127.0.0.1:${port}/admin`,
    async idOf(name) {
      const { items } = await plugbay.control.list({ pageSize: 1_000, retired: "include" });
      const item = items.find((candidate) => candidate.name === name);
      if (item === undefined) throw new Error(`There is no item ${name}.`);
      return item.id;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await plugbay.close();
      await rm(folder, { recursive: true });
    },
  };
}
