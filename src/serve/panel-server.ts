import type { AdminOptions } from "../admin/admin.ts";
import { createAdmin } from "../admin/index.ts";
import { checkOptions } from "../admin/settings.ts";
import { snapshotOf } from "../open/facade.ts";
import { open } from "../open/open-plugbay.ts";
import type { Plugbay } from "../plugbay.ts";
import { systemClock } from "../time/clock.ts";
import { type App, createApp } from "./app.ts";
import type { Log } from "./log.ts";
import { listen } from "./network/listen.ts";
import type { ServeConfig } from "./serve-config.ts";
import type { ServeSettings } from "./serve-settings.ts";
import { pathOf } from "./sign-in/auth-options.ts";
import { Authentication } from "./sign-in/authentication.ts";
import { openUserDatabase, prepareUserTables, type UserDatabase } from "./users/open-users.ts";
import { rightsOf } from "./users/role.ts";

export interface PanelServerOptions extends ServeSettings {
  readonly host: string;
  readonly port: number;
  /** Whether missing tables are made, and old ones brought up to date. */
  readonly migrate: boolean;
  readonly log: Log;
}

/** What is known of a server once it serves. */
export interface Started {
  /** Where browsers find the panel. */
  readonly url: string;
  /** Where this process itself listens. */
  readonly listens: string;
  /** Whether the database has no types yet. */
  readonly isEmpty: boolean;
}

/** The panel on its own, with users of its own. */
export class PanelServer {
  readonly #config: ServeConfig;
  readonly #options: PanelServerOptions;
  /** What was opened, in this order. */
  readonly #resources: { close(): Promise<void> }[] = [];

  constructor(config: ServeConfig, options: PanelServerOptions) {
    this.#config = config;
    this.#options = options;
  }

  /** Resolves when it serves. @throws the errors of `openPlugbay` and of the users' database; ListenError */
  async start(): Promise<Started> {
    const { host, port, migrate, proxies, log } = this.#options;
    const users = this.#add(await openUserDatabase(this.#config, { log }));
    await prepareUserTables(users, this.#config, "serve", migrate);
    const plugbay = this.#add(await openForPanel(this.#config, migrate));
    const { baseUrl } = this.#options;
    const known = baseUrl ?? (port === 0 ? undefined : ownUrl(host, port));
    const early = known && (await this.#app(plugbay, users, known));
    // Last, so that whoever is answered at all is answered well. Only a free port has to be found first.
    const server = this.#add(await listen(host, port));
    const own = ownUrl(server.host, server.port);
    server.answerWith(early ?? (await this.#app(plugbay, users, own)), proxies);
    const url = baseUrl ?? own;
    return {
      url: `${url.origin}${pathOf(url)}/`,
      listens: own.origin,
      isEmpty: snapshotOf(plugbay).types.size === 0,
    };
  }

  async close(): Promise<void> {
    for (const resource of this.#resources.splice(0).reverse()) await resource.close();
  }

  #add<R extends { close(): Promise<void> }>(resource: R): R {
    this.#resources.push(resource);
    return resource;
  }

  async #app(plugbay: Plugbay, users: UserDatabase, publicUrl: URL): Promise<App> {
    const { secret, baseUrl, names, oidc, log } = this.#options;
    const authentication = new Authentication(
      users.better,
      { ...users, secret, baseUrl: publicUrl, oidc },
      systemClock,
    );
    await authentication.ready();
    const basePath = pathOf(publicUrl);
    const publicOrigin = baseUrl?.origin;
    const options: AdminOptions = {
      ...names,
      basePath,
      requireReason: this.#config.requireReason ?? false,
      ...(publicOrigin !== undefined && { publicOrigin }),
      signOutUrl: `${basePath}/sign-out`,
      async authorize({ headers }) {
        const user = await authentication.signedIn(headers);
        return user && { actor: user.email, ...rightsOf(user.role) };
      },
    };
    const [admin, site] = [createAdmin(plugbay, options), checkOptions(options)];
    return createApp({ admin, site, authentication, publicOrigin, oidc, log });
  }
}

/**
 * Follows and controls, and makes no plugin: one that throws, hangs or ends its process in there would take the panel
 * along. It is none of the application's processes, so it is not in their list.
 */
function openForPanel(
  { file: _, serve: __, requireReason: ___, ...options }: ServeConfig,
  migrate: boolean,
): Promise<Plugbay> {
  const quiet = { sync: false, heartbeatMs: false } as const;
  return open({ ...options, ...quiet, ...(migrate && { migrate }) }, { observes: true });
}

const ownUrl = (host: string, port: number): URL => new URL(`http://${inUrl(host)}:${port}`);

/** An address of the network as it stands in a URL; all networks are reached by this machine's own. */
function inUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
