import { createAdmin } from "../../admin/index.ts";
import { snapshotOf } from "../../open/facade.ts";
import { open } from "../../open/open-plugbay.ts";
import type { Plugbay } from "../../plugbay.ts";
import type { LoadedConfig } from "../config.ts";
import { writeOutput } from "../output.ts";
import { Interrupted, whileOpen } from "../while-open.ts";
import { createApp } from "./app.ts";
import { pathOf } from "./auth-options.ts";
import { Authentication } from "./authentication.ts";
import { type Listening, listen } from "./listen.ts";
import { openUserDatabase, prepareUserTables, type UserDatabase } from "./open-users.ts";
import { rightsOf } from "./role.ts";
import type { ServeSettings } from "./serve-settings.ts";

export interface ServeRequest extends ServeSettings {
  readonly host: string;
  readonly port: number;
  readonly migrate: boolean;
  readonly json: boolean;
}

/** Serves the panel until the process is told to end. */
export async function serve(config: LoadedConfig, request: ServeRequest): Promise<void> {
  try {
    await whileOpen(new Opened(), async (opened) => {
      const users = opened.add(await openUserDatabase(config));
      await prepareUserTables(users, config, "serve", request.migrate);
      const plugbay = opened.add(await openForPanel(config, request.migrate));
      const server = opened.add(await listen(request.host, request.port));
      const listens = `http://${inUrl(server.host)}:${server.port}`;
      const url = await answer(server, plugbay, users, request, new URL(listens));
      announce({ url, listens }, plugbay, request.json);
      await new Promise(() => undefined);
    });
  } catch (error) {
    // To be ended is how it ends.
    if (!(error instanceof Interrupted)) throw error;
  }
}

/** What was opened one after the other, to be closed the other way round. */
class Opened {
  readonly #resources: { close(): Promise<void> }[] = [];

  add<R extends { close(): Promise<void> }>(resource: R): R {
    this.#resources.push(resource);
    return resource;
  }

  async close(): Promise<void> {
    for (const resource of this.#resources.splice(0).reverse()) await resource.close();
  }
}

/** As a process of the application, which knows how its plugins do and hears of the others' changes. */
function openForPanel({ file: _, serve: __, ...options }: LoadedConfig, migrate: boolean): Promise<Plugbay> {
  return open({ ...options, sync: false, ...(migrate && { migrate }) }, {});
}

async function answer(
  server: Listening,
  plugbay: Plugbay,
  users: UserDatabase,
  { secret, baseUrl, trustProxy, oidc }: ServeSettings,
  ownUrl: URL,
): Promise<string> {
  const publicUrl = baseUrl ?? ownUrl;
  const authentication = new Authentication(users.better, { ...users, secret, baseUrl: publicUrl, oidc });
  await authentication.ready();
  const basePath = pathOf(publicUrl);
  const publicOrigin = baseUrl?.origin;
  const admin = createAdmin(plugbay, {
    basePath,
    ...(publicOrigin !== undefined && { publicOrigin }),
    signOutUrl: `${basePath}/sign-out`,
    async authorize({ headers }) {
      const user = await authentication.signedIn(headers);
      return user && { actor: user.email, ...rightsOf(user.role) };
    },
  });
  server.answerWith(createApp({ admin, authentication, publicOrigin, oidc }), trustProxy);
  return `${publicUrl.origin}${basePath}/`;
}

/** Where browsers find the panel, and where this process itself listens. */
interface Addresses {
  readonly url: string;
  readonly listens: string;
}

function announce({ url, listens }: Addresses, plugbay: Plugbay, json: boolean): void {
  const where = url === `${listens}/` ? url : `${url}, by way of ${listens}`;
  const hint =
    snapshotOf(plugbay).types.size === 0 ? "Nothing is registered yet; run: npx plugbay sync\n" : "";
  const text = `The panel is at ${where}\n${hint}Ctrl-C ends it.`;
  writeOutput(`${json ? JSON.stringify({ url, listens }) : text}\n`);
}

/** An address of the network as it stands in a URL; all networks are reached by this machine's own. */
function inUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
