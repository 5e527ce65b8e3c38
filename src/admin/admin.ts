import type { Rights } from "../control/rights.ts";

/** The panel and its API, to be mounted in an application by one of the adapters. */
export interface Admin {
  /** Where it is mounted, as browsers see it: `""` for the root, else with a leading and no closing slash. */
  readonly basePath: string;
  /**
   * Answers a request whose path begins with `basePath`, or one that something in front has taken it from.
   * Never rejects.
   */
  fetch(request: Request): Promise<Response>;
  /** Whether its plugbay was closed. Default false. */
  readonly isClosed?: boolean;
}

/** Who somebody is, for the history, and what they may do. */
export interface Authorization extends Rights {
  /** A user's name or id. */
  readonly actor: string;
}

export interface AdminOptions {
  /** The path that it is mounted at, as browsers see it, such as `/admin/plugins`. Default: the root. */
  readonly basePath?: string;
  /**
   * Who sends a request, and what they may do; null for nobody, which is answered with 401. Without this
   * option everybody is nobody.
   */
  readonly authorize?: (request: Request) => Authorization | null | Promise<Authorization | null>;
  /**
   * The origin that browsers see, such as `https://example.com`, where it is not the one of the requests:
   * behind a proxy that changes the host. Changes are taken from pages of this origin only.
   */
  readonly publicOrigin?: string;
  /** The heading of the panel. Default `plugbay`. */
  readonly title?: string;
  /** Refuses every change, whoever asks. Default false. */
  readonly readOnly?: boolean;
  /** The panel's language: `en`, `de` or `fa`. Default: the browser's, else `en`. */
  readonly locale?: string;
  /** Where the panel's sign-out button leads; without it there is none. */
  readonly signOutUrl?: string;
}
