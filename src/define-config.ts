import type { OpenOptions } from "./open/open-plugbay.ts";

/**
 * What `plugbay.config.ts` exports: the database and the plugins, as `openPlugbay` takes them. With the `push` of the
 * application, its processes hear at once of what a command changes.
 */
export interface Config
  extends Pick<
    OpenOptions,
    "database" | "plugins" | "namespace" | "prefix" | "prepareTimeoutMs" | "keys" | "push" | "alerts"
  > {
  /** For `plugbay serve`, the panel on its own. With this section, `plugbay migrate` makes its users' tables. */
  readonly serve?: ServeOptions;
  /**
   * Whether operators have to say why they change something: commands that write are refused without `--reason`, and the
   * panel of `plugbay serve` asks for one. A sync needs none. Default false.
   */
  readonly requireReason?: boolean;
}

/** How `plugbay serve` runs the panel. */
export interface ServeOptions {
  /**
   * The address that browsers see, such as `https://plugbay.example.com`, with a path where the panel is
   * not at the root. Cookies are for https only when it says https. Default: the address that it listens on.
   */
  readonly baseUrl?: string;
  /** The heading of the panel and of the pages around it. Default `plugbay`. */
  readonly title?: string;
  /**
   * What this panel is for, such as `production`. It stands beside the title on every page, the sign-in included, and in
   * the browser's tab, so nobody changes the wrong one. Default: none, as for an empty text.
   *
   * @example
   * serve: { environment: process.env.APP_ENVIRONMENT ?? "development" }
   */
  readonly environment?: string;
  /** Signs the cookies; 32 characters or more that nobody can guess. Default: `PLUGBAY_AUTH_SECRET`. */
  readonly secret?: string;
  /**
   * What stands in front and adds the client's address to `X-Forwarded-For`: addresses, and networks such as
   * `10.0.0.0/8`. Without them all who come through a proxy count as one when attempts to sign in are counted.
   * Default: none.
   */
  readonly trustedProxies?: readonly string[];
  /** Where people sign in besides, or instead of, by a password. */
  readonly oidc?: readonly OidcProvider[];
}

/** An OpenID Connect provider. Register `<baseUrl>/auth/callback/<id>` there as the redirect address. */
export interface OidcProvider {
  /** Lower-case letters, digits and dashes; part of the redirect address. */
  readonly id: string;
  /** What its button says. */
  readonly name: string;
  /** Where `/.well-known/openid-configuration` is, such as `https://accounts.example.com`. */
  readonly issuer: string;
  /** The id that the provider gave to this panel. */
  readonly clientId: string;
  /** The secret that the provider gave with the id. */
  readonly clientSecret: string;
  /**
   * What those may do who sign in for the first time. Leave it out where the provider knows people who are
   * no operators: then only users that `plugbay user create` made may sign in.
   */
  readonly role?: UserRole;
}

/** A reader sees everything; an editor may change it; an admin may purge retired items besides. */
export type UserRole = "reader" | "editor" | "admin";

/**
 * Types the default export of `plugbay.config.ts`, which the `plugbay` command reads.
 *
 * @example
 * export default defineConfig({ database: sqlite("app.db"), plugins: [otp, smsIr] });
 */
export function defineConfig(config: Config): Config {
  return config;
}
