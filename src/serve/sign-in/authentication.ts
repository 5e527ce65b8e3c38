import type { BetterAuthOptions } from "better-auth";
import type { UserRole } from "../../define-config.ts";
import type { BetterAuthPackage } from "../better-auth/load-better-auth.ts";
import { asRole } from "../users/role.ts";
import { type AuthSettings, addressHeader, authOptions, pathOf } from "./auth-options.ts";
import { checkIdentity, oidcConfig } from "./oidc.ts";

/** Who sends a request. */
export interface Visitor {
  readonly headers: Headers;
  /** The client's network address, by which its attempts are counted. */
  readonly address: string;
}

export interface SignedIn {
  readonly userId: string;
  readonly email: string;
  readonly role: UserRole;
  /** Of the session; never for an answer. */
  readonly token: string;
}

/** What came of an attempt. `cookies` are for the answer; `url` is where to go on. */
export type Outcome =
  | { readonly kind: "done"; readonly cookies: readonly string[]; readonly url?: string }
  | { readonly kind: "refused"; readonly reason: "too-many" | "wrong" | "failed" };

/**
 * Sign-in and sessions. Of better-auth's own endpoints only those come into question that are called here:
 * each call goes through its router, where attempts are counted and origins checked.
 */
export class Authentication {
  readonly #auth: ReturnType<BetterAuthPackage["betterAuth"]>;
  readonly #baseUrl: URL;

  constructor({ betterAuth, genericOAuth }: BetterAuthPackage, settings: AuthSettings) {
    const { baseUrl, oidc } = settings;
    this.#baseUrl = baseUrl;
    const common = authOptions(settings);
    const options: BetterAuthOptions = {
      ...common,
      user: { ...common.user, validateUserInfo: checkIdentity },
      plugins: oidc.length === 0 ? [] : [genericOAuth({ config: oidc.map(oidcConfig) })],
      onAPIError: { errorURL: `${baseUrl.origin}${pathOf(baseUrl)}/sign-in` },
    };
    this.#auth = betterAuth(options);
  }

  /** Resolves when everything is in place, discovery of the providers included; rejects when it cannot be. */
  async ready(): Promise<void> {
    await this.#auth.$context;
  }

  async signedIn(headers: Headers): Promise<SignedIn | null> {
    const found = await this.#auth.api.getSession({ headers });
    if (found === null) return null;
    const { user, session } = found;
    const role = asRole("role" in user ? user.role : undefined);
    return { userId: user.id, email: user.email, role, token: session.token };
  }

  async hasPassword({ userId }: SignedIn): Promise<boolean> {
    const { internalAdapter } = await this.#auth.$context;
    return Boolean(await internalAdapter.findCredentialAccount(userId));
  }

  /** Begins a session of its own, and ends the one that the browser had. */
  signIn(visitor: Visitor, email: string, password: string): Promise<Outcome> {
    return this.#replacingSession(visitor, () => this.#post("/sign-in/email", visitor, { email, password }));
  }

  /** `url` of the outcome is the provider's. */
  beginSignIn(visitor: Visitor, provider: string, next: string): Promise<Outcome> {
    const callbackURL = `${this.#baseUrl.origin}${next}`;
    return this.#post("/sign-in/social", visitor, { provider, callbackURL, disableRedirect: true });
  }

  /** The browser comes back from a provider; `url` of the outcome says where it goes from here. */
  finishSignIn(visitor: Visitor, provider: string, query: string): Promise<Outcome> {
    const path = `/callback/${encodeURIComponent(provider)}${query}`;
    return this.#replacingSession(visitor, () => this.#send(path, visitor, { method: "GET" }));
  }

  /** Ends all sessions of the user and begins a new one. */
  changePassword(visitor: Visitor, currentPassword: string, newPassword: string): Promise<Outcome> {
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    return this.#post("/change-password", visitor, body);
  }

  signOut(visitor: Visitor): Promise<Outcome> {
    return this.#post("/sign-out", visitor, {});
  }

  async #replacingSession(visitor: Visitor, signIn: () => Promise<Outcome>): Promise<Outcome> {
    const before = await this.signedIn(visitor.headers);
    const outcome = await signIn();
    if (before !== null && outcome.kind === "done" && outcome.cookies.some(isSession)) {
      const { internalAdapter } = await this.#auth.$context;
      await internalAdapter.deleteSession(before.token);
    }
    return outcome;
  }

  #post(path: string, visitor: Visitor, body: object): Promise<Outcome> {
    return this.#send(path, visitor, { method: "POST", body: JSON.stringify(body) });
  }

  async #send(path: string, { headers: sent, address }: Visitor, init: RequestInit): Promise<Outcome> {
    // Only what better-auth needs; the origin was checked against the address that the browser really used.
    const headers = new Headers({
      "content-type": "application/json",
      origin: this.#baseUrl.origin,
      [addressHeader]: address,
    });
    const cookie = sent.get("cookie");
    if (cookie !== null) headers.set("cookie", cookie);
    const url = `${this.#baseUrl.origin}${pathOf(this.#baseUrl)}/auth${path}`;
    return outcomeOf(await this.#auth.handler(new Request(url, { ...init, headers })));
  }
}

const isSession = (cookie: string): boolean => /^[^=]*session_token=[^;]/.test(cookie);

async function outcomeOf(response: Response): Promise<Outcome> {
  const body = (await response.json().catch(() => null)) as { url?: unknown } | null;
  const { status, headers } = response;
  if (status < 400) {
    const url = headers.get("location") ?? body?.url;
    return { kind: "done", cookies: headers.getSetCookie(), ...(typeof url === "string" && { url }) };
  }
  if (status === 429) return { kind: "refused", reason: "too-many" };
  return { kind: "refused", reason: status < 500 ? "wrong" : "failed" };
}
