import { createHash } from "node:crypto";
import type { BetterAuthOptions } from "better-auth";
import type { GenericOAuthConfig } from "better-auth/plugins/generic-oauth";
import type { OidcProvider } from "../../define-config.ts";
import type { OptionNames } from "../../definition/known-options.ts";
import { ServeConfigError } from "../errors.ts";
import { checkNames } from "../serve-config.ts";
import { roles } from "../users/role.ts";

export function oidcConfig({
  id,
  name,
  issuer,
  clientId,
  clientSecret,
  role,
}: OidcProvider): GenericOAuthConfig {
  return {
    providerId: id,
    name,
    discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    // The issuer counts, too: another one under the same id must not meet the accounts of the first.
    accountSubject: ({ profile }) => accountId(issuer, profile.sub),
    // Whoever may sign in without having been made a user beforehand gets the provider's role.
    disableSignUp: role === undefined,
    disableProviderLogout: true,
  };
}

/** Who somebody is at a provider: its issuer and its subject, in few enough characters for every database. */
function accountId(issuer: string, subject: unknown): string {
  if (typeof subject !== "string" || subject === "") throw new TypeError("the provider names no subject");
  return createHash("sha256")
    .update(`${issuer.replace(/\/$/, "")}\n${subject}`)
    .digest("base64url");
}

type CheckUser = NonNullable<NonNullable<BetterAuthOptions["user"]>["validateUserInfo"]>;

/**
 * An address that a provider names counts only if it has verified it, and then only for a user who has no way to
 * sign in yet. Whoever has one is who that one knows: no other issuer gets in by an equal address.
 */
export const checkIdentity: CheckUser = async ({ user, source }, context) => {
  if (source.method !== "oauth" || source.action === "sign-in") return;
  if (user.emailVerified !== true) return { error: "email_not_verified" };
  if (source.action !== "link-account" || context == null) return;
  const accounts = await context.context.internalAdapter.findAccounts(String(user.id));
  return accounts.length === 0 ? undefined : { error: "account_not_linked" };
};

const optionNames: OptionNames<OidcProvider> = {
  id: true,
  name: true,
  issuer: true,
  clientId: true,
  clientSecret: true,
  role: true,
};

/** @throws ServeConfigError */
export function checkOidc(file: string, providers: readonly OidcProvider[]): void {
  const ids = new Set<string>();
  for (const provider of providers) {
    const where = `${file}: serve.oidc ${JSON.stringify(provider.id)}`;
    checkNames(file, "a provider of serve.oidc", provider, optionNames);
    for (const field of ["id", "name", "issuer", "clientId", "clientSecret"] as const) {
      const value: unknown = provider[field];
      if (typeof value !== "string" || value === "") throw new ServeConfigError(`${where} has no ${field}`);
    }
    if (!/^[a-z0-9-]{1,40}$/.test(provider.id)) {
      throw new ServeConfigError(`${where}: an id is 1 to 40 lower-case letters, digits and dashes`);
    }
    if (ids.has(provider.id)) throw new ServeConfigError(`${where} appears twice`);
    ids.add(provider.id);
    if (!isSafe(provider.issuer)) throw new ServeConfigError(`${where}: its issuer is not an https address`);
    if (provider.role !== undefined && !roles.includes(provider.role)) {
      throw new ServeConfigError(`${where}: its role is not one of ${roles.join(", ")}`);
    }
  }
}

/** What a provider says is only as trustworthy as the way it comes by; to this machine itself that is short. */
function isSafe(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname } = new URL(issuer);
  return (
    protocol === "https:" || (protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  );
}
