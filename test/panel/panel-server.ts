import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { type Definitions, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { sqlite } from "plugbay/sqlite";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { former, otp, providers } from "./providers.ts";

/** The cookies that say who a visitor is: the application's sign-in, as it were. */
export const actorCookie = "actor";
export const accessCookie = "access";

export interface PanelSetup {
  readonly title?: string;
  /** Default: false. */
  readonly requireReason?: boolean;
  readonly environment?: string;
  readonly plugins?: Definitions;
  /** Of secrets in configs. */
  readonly keys?: string;
  /** Default: a SQLite file of its own. */
  readonly database?: OpenOptions["database"];
  /** Whether the host redirects each path to the one with a closing slash, but for names of files. Default false. */
  readonly addsSlashes?: boolean;
  /** What browsers call the machine that it runs on. Default `127.0.0.1`. */
  readonly host?: string;
}

/** The real panel over a real database. */
export interface PanelServer {
  readonly plugbay: Plugbay;
  /** Where the panel is, without a closing slash. */
  readonly url: string;
  /** The id of an item by its name. */
  idOf(name: string): Promise<string>;
  /** The id of a type by its name. */
  typeIdOf(name: string): Promise<string>;
  /** Opens one more process of the application, on the same database. */
  openProcess(options: Omit<OpenOptions, "database">): Promise<Plugbay>;
  /** Has a process of this version seem to have said nothing for so long. */
  silence(version: string, ms: number): Promise<void>;
  /** Has the application's sign-in answer instead of the panel; undefined: it lets everybody pass. */
  signIn: ((request: Request) => Response | undefined) | undefined;
  /** How many event streams are open now. */
  readonly openStreams: number;
  /** Cuts all lines, and takes no new ones until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPanel(setup: PanelSetup = {}): Promise<PanelServer> {
  const {
    title = "Panel under test",
    environment = "",
    plugins = providers,
    keys = "",
    requireReason = false,
    host = "127.0.0.1",
  } = setup;
  const folder = await mkdtemp(join(tmpdir(), "plugbay-panel-"));
  const database = setup.database ?? sqlite(join(folder, "panel.db"));
  // A process of a version before leaves an item that this one has no plugin for.
  await (await openPlugbay({ database, plugins: [otp, former] })).close();
  const plugbay = await openPlugbay({ database, plugins, keys, version: "2.0.0", pollIntervalMs: 100 });
  const admin = createAdmin(plugbay, {
    basePath: "/admin",
    title,
    environment,
    requireReason,
    authorize: (request) => {
      const cookies = new Map(
        (request.headers.get("cookie") ?? "")
          .split("; ")
          .map((pair) => pair.split("=", 2) as [string, string]),
      );
      const actor = cookies.get(actorCookie);
      if (actor === undefined) return null;
      const access = cookies.get(accessCookie);
      return {
        actor: decodeURIComponent(actor),
        access: access === "read" ? "read" : "write",
        mayPurge: access === "write",
      };
    },
  });
  const answer = (request: Request) =>
    panel.signIn?.(request) ?? (setup.addsSlashes ? addSlash(request) : undefined) ?? admin.fetch(request);
  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
  let openStreams = 0;
  server.on("request", ({ url = "", method }, outgoing) => {
    if (method !== "GET" || !/\/api\/events\/?$/.test(url)) return;
    openStreams += 1;
    outgoing.once("close", () => {
      openStreams -= 1;
    });
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  const goAway = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const panel: PanelServer = {
    plugbay,
    signIn: undefined,
    url: `http://${host}:${port}/admin`,
    get openStreams() {
      return openStreams;
    },
    async idOf(name) {
      const { items } = await plugbay.control.list({ pageSize: 1_000, retired: "include" });
      const item = items.find((candidate) => candidate.name === name);
      if (item === undefined) throw new Error(`There is no item ${name}.`);
      return item.id;
    },
    async typeIdOf(name) {
      const type = (await plugbay.control.types()).find((candidate) => candidate.name === name);
      if (type === undefined) throw new Error(`There is no type ${name}.`);
      return type.id;
    },
    openProcess: (options) => openPlugbay({ ...options, database }),
    async silence(version, ms) {
      const Driver = await loadSqliteDriver();
      const db = new Driver(join(folder, "panel.db"), { timeout: 5_000 });
      const seenAt = new Date(Date.now() - ms).toISOString();
      db.prepare("update plugbay_process set seen_at = ? where version = ?").run(seenAt, version);
      db.close();
    },
    goAway,
    comeBack: () => listen(port),
    async stop() {
      await goAway();
      await plugbay.close();
      await rm(folder, { recursive: true });
    },
  };
  return panel;
}

/** The redirect that Next answers with under `trailingSlash`. */
function addSlash(request: Request): Response | undefined {
  const { pathname, search } = new URL(request.url);
  if (/\/$|\.\w+$/.test(pathname)) return undefined;
  return new Response(null, { status: 308, headers: { location: `${pathname}/${search}` } });
}
