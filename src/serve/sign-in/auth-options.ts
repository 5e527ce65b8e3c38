import type { BetterAuthOptions } from "better-auth";
import type { OidcProvider } from "../../define-config.ts";
import type { AnyKysely } from "../../store/any-kysely.ts";
import type { StoreDialect } from "../../store/dialect.ts";
import { isError, messageOf } from "../../thrown.ts";
import type { Log } from "../log.ts";
import type { UserTables } from "../users/user-tables.ts";

/** The header in which the address of the client reaches better-auth; what a client sends under it is dropped. */
export const addressHeader = "x-plugbay-client";

export const passwordLength = { min: 12, max: 128 } as const;

const sessionSeconds = 12 * 60 * 60;

export interface AuthSettings {
  readonly db: AnyKysely;
  readonly dialect: StoreDialect;
  readonly tables: UserTables;
  readonly secret: string;
  /** As browsers see it; its path is that of the panel. */
  readonly baseUrl: URL;
  readonly oidc: readonly OidcProvider[];
  readonly log: Log;
}

export function authOptions(settings: AuthSettings): BetterAuthOptions {
  const { db, dialect, tables, secret, baseUrl, oidc, log } = settings;
  return {
    appName: "plugbay",
    baseURL: baseUrl.origin,
    basePath: `${pathOf(baseUrl)}/auth`,
    secret,
    // Said twice: without the list, BETTER_AUTH_SECRETS of the application's own better-auth would count here.
    secrets: [{ version: 1, value: secret }],
    database: { db, type: dialect.name, transaction: true },
    user: {
      modelName: tables.user,
      additionalFields: { role: { type: "string", required: true, defaultValue: "reader", input: false } },
    },
    session: {
      modelName: tables.session,
      // A working day; then it is over, used or not, and no answer of the panel's has to renew a cookie.
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
    },
    account: { modelName: tables.account },
    verification: { modelName: tables.verification },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    rateLimit: {
      enabled: true,
      // In the database it holds for all processes, and over a restart.
      storage: "database",
      modelName: tables.rateLimit,
      window: 60,
      max: 60,
      customRules: {
        "/sign-in/email": { window: 60, max: 5 },
        "/sign-in/social": { window: 60, max: 10 },
        "/change-password": { window: 60, max: 5 },
      },
    },
    advanced: {
      ...cookies(baseUrl),
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // Both would otherwise be off under NODE_ENV=test.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    databaseHooks: {
      user: {
        create: {
          before: async (_user, context) => {
            const provider = oidc.find(({ id }) => id === context?.params?.id);
            return provider?.role === undefined ? undefined : { data: { role: provider.role } };
          },
        },
      },
      session: {
        // Nobody has a use for where from and by what people signed in.
        create: { before: async () => ({ data: { ipAddress: "", userAgent: "" } }) },
      },
      account: {
        // Nothing is done in a user's name at the provider, so nothing that could do it is kept.
        create: { before: async () => ({ data: withoutTokens }) },
        update: { before: async () => ({ data: withoutTokens }) },
      },
    },
    telemetry: { enabled: false },
    logger: { disableColors: true, level: "error", log: reportTo(log) },
  };
}

/**
 * No other site of the domain can plant a cookie with `__Host-`, but its path has to be the root. Below a path, what
 * else there is on the host must neither get the cookie nor have one of the same name: two panels may be there.
 */
export function cookieStyle(baseUrl: URL): CookieStyle {
  const isSecure = baseUrl.protocol === "https:";
  const path = pathOf(baseUrl) || "/";
  return { prefix: isSecure ? (path === "/" ? "__Host-" : "__Secure-") : "", isSecure, path };
}

/** How the cookies of a panel are written. */
export interface CookieStyle {
  readonly prefix: "__Host-" | "__Secure-" | "";
  readonly isSecure: boolean;
  readonly path: string;
}

function cookies(baseUrl: URL): NonNullable<BetterAuthOptions["advanced"]> {
  const { prefix, isSecure, path } = cookieStyle(baseUrl);
  return {
    // That has better-auth write `__Secure-`, also before another prefix.
    useSecureCookies: prefix === "__Secure-",
    cookiePrefix: prefix === "__Host-" ? "__Host-plugbay" : "plugbay",
    // Strict would lose the session on the way back from a provider and behind every link to the panel.
    defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: isSecure, path },
  };
}

const withoutTokens = { accessToken: null, refreshToken: null, idToken: null };

/** The path of an address without a closing slash: `""` for the root. */
export const pathOf = ({ pathname }: URL): string => pathname.replace(/\/+$/, "");

/** Without what an error carries along: that may be a query and its parameters. */
const reportTo =
  (log: Log) =>
  (level: string, message: string, ...details: unknown[]): void => {
    const causes = details.filter(isError).map(messageOf);
    const text = `better-auth: ${[message.trim(), ...causes].join(" ")}`;
    log({ level: level === "error" ? "error" : "warning", message: text });
  };
