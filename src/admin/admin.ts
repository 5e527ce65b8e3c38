import type { Rights } from "../control/rights.ts";

/**
 * The panel and its API, to be mounted in an application by one of the adapters.
 *
 * `HostRequest` is what its `authorize` takes as the framework's own request, such as Express's `Request`. Only
 * the adapter of that framework takes such an admin. Where `authorize` does not ask for one, any adapter does.
 */
export interface Admin<HostRequest = unknown> {
  /** Where it is mounted, as browsers see it: `""` for the root, else with a leading and no closing slash. */
  readonly basePath: string;
  /**
   * Answers a request whose path begins with `basePath`, or one that something in front has taken it from.
   * Never rejects.
   *
   * `host` is handed on to `authorize`.
   */
  readonly fetch: (request: Request, ...host: HostArgument<HostRequest>) => Promise<Response>;
  /** Whether its plugbay was closed. Default false. */
  readonly isClosed?: boolean;
}

/** May be left out where `authorize` takes whatever it gets. */
type HostArgument<HostRequest> = unknown extends HostRequest ? [host?: unknown] : [host: HostRequest];

/** Who somebody is, for the history, and what they may do. */
export interface Authorization extends Rights {
  /** A user's name or id. */
  readonly actor: string;
}

/** What `createAdmin` may be told. */
export interface AdminOptions<HostRequest = unknown> {
  /** The path that it is mounted at, as browsers see it, such as `/admin/plugins`. Default: the root. */
  readonly basePath?: string;
  /**
   * Who sends a request, and what they may do; null for nobody, which is answered with 401. Without this
   * option everybody is nobody. An error of a framework, whose `status` or `statusCode` is 400, 401 or
   * 403, refuses too: with 403 or else 401. Any other error is answered with 500.
   *
   * `host` is the framework's own request, with what the application's sign-in has left there. Its type is
   * the one that it is annotated with: Node's `IncomingMessage` for `toNode`; `Request` of Express for
   * `toExpress`, and for `toNest` on Express; `FastifyRequest` for `toFastify`; Koa's `Context` for `toKoa`;
   * Hono's `Context` for `toHono`; `NextRequest` for `toNext`; `IncomingMessage` for `toNest` on Fastify.
   *
   * An open page of the panel is asked about again every 15 seconds, with the same request.
   *
   * @example
   * authorize: (_request, { session }: express.Request) =>
   *   session.user ? { actor: session.user.name, access: "write" } : null,
   */
  readonly authorize?: (
    request: Request,
    host: HostRequest,
  ) => Authorization | null | undefined | Promise<Authorization | null | undefined>;
  /**
   * The origin that browsers see, such as `https://example.com`, where it is not the one of the requests:
   * behind a proxy that changes the host. Changes are taken from pages of this origin only.
   */
  readonly publicOrigin?: string;
  /** The heading of the panel. Default `plugbay`. */
  readonly title?: string;
  /**
   * Where the application runs, such as `production`. It stands beside the title and in the browser's tab, so nobody
   * changes the wrong one. Default: none, as for an empty text.
   */
  readonly environment?: string;
  /** Refuses every change, whoever asks. Default false. */
  readonly readOnly?: boolean;
  /** Whether every change needs a reason, which the panel then asks for. Default false. */
  readonly requireReason?: boolean;
  /** The panel's language: `en`, `de` or `fa`. Default: the browser's, else `en`. */
  readonly locale?: string;
  /** Where the panel's sign-out button leads; without it there is none. */
  readonly signOutUrl?: string;
}
