import type { Admin } from "../admin/admin.ts";
import type { Site } from "../admin/page/site.ts";
import type { OidcProvider } from "../define-config.ts";
import type { Log } from "./log.ts";
import type { Authentication } from "./sign-in/authentication.ts";

/** What the pages around the panel are made of. */
export interface AppParts {
  readonly admin: Admin;
  readonly site: Site;
  readonly authentication: Authentication;
  /** The origin that browsers see, where it may be another one than that of the requests. */
  readonly publicOrigin: string | undefined;
  readonly oidc: readonly OidcProvider[];
  readonly log: Log;
}

/** What comes with a request. */
export interface Environment {
  readonly Bindings: {
    /** The network address of the client. */
    readonly address: string;
  };
}
