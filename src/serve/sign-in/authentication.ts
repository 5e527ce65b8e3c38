import type { BetterAuthOptions } from "better-auth";
import type { UserRole } from "../../define-config.ts";
import type { Clock } from "../../time/clock.ts";
import type { BetterAuthPackage } from "../better-auth/load-better-auth.ts";
import { asRole } from "../users/role.ts";
import { AccountLimit } from "./account-limit.ts";
import { type AuthSettings, addressHeader, authOptions, cookieStyle, pathOf } from "./auth-options.ts";
import { Devices } from "./devices.ts";
import { checkIdentity, oidcConfig } from "./oidc.ts";
import { Turns } from "./turns.ts";

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
  | { readonly kind: "refused"; readonly reason: "wrong" | "failed" }
  | {
      readonly kind: "refused";
      readonly reason: "too-many" | "busy";
      /** In seconds. */
      readonly retryAfter: number;
    };

/**
 * Sign-in and sessions. Of better-auth's own endpoints only those come into question that are called here:
 * each call goes through its router, where attempts are counted and origins checked.
 */
export class Authentication {
  readonly #auth: ReturnType<BetterAuthPackage["betterAuth"]>;
  readonly #baseUrl: URL;
  readonly #devices: Devices;
  readonly #turns = new Turns();
  readonly #clock: Clock;

  constructor({ betterAuth, genericOAuth }: BetterAuthPackage, settings: AuthSettings, clock: Clock) {
    const { baseUrl, oidc, secret } = settings;
    this.#clock = clock;
    this.#devices = new Devices(secret, cookieStyle(baseUrl));
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

  /**
   * Begins a session of its own, and ends the one that the browser had. Guesses at an account are counted whatever
   * address they come from; a browser in which its user has signed in before has a count of its own, so that
   * strangers cannot keep the user out.
   */
  async signIn(visitor: Visitor, email: string, password: string): Promise<Outcome> {
    const account = email.toLowerCase();
    const { device, cookie } = this.#devices.recognize(visitor.headers, account);
    const { adapter } = await this.#auth.$context;
    const limit = new AccountLimit(adapter, this.#clock);
    const counted = device === undefined ? `account ${account}` : `device ${device}`;
    return this.#inTurn(async () => {
      const retryAfter = await limit.take(counted);
      if (retryAfter !== undefined) return { kind: "refused", reason: "too-many", retryAfter };
      const outcome = await this.#replacingSession(visitor, () =>
        this.#post("/sign-in/email", visitor, { email, password }),
      );
      if (outcome.kind !== "done") return outcome;
      await limit.clear(counted);
      return { ...outcome, cookies: [...outcome.cookies, cookie] };
    });
  }

  async #inTurn(work: () => Promise<Outcome>): Promise<Outcome> {
    return (await this.#turns.take(work)) ?? { kind: "refused", reason: "busy", retryAfter: busySeconds };
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
    return this.#inTurn(() => this.#post("/change-password", visitor, body));
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

/** When to come again if too many are signing in. */
const busySeconds = 5;

/** For those whom better-auth does not tell. */
const longestWait = 60;

const isSession = (cookie: string): boolean => /^[^=]*session_token=[^;]/.test(cookie);

async function outcomeOf(response: Response): Promise<Outcome> {
  const body = (await response.json().catch(() => null)) as { url?: unknown } | null;
  const { status, headers } = response;
  if (status < 400) {
    const url = headers.get("location") ?? body?.url;
    return { kind: "done", cookies: headers.getSetCookie(), ...(typeof url === "string" && { url }) };
  }
  if (status === 429) {
    return {
      kind: "refused",
      reason: "too-many",
      retryAfter: Number(headers.get("x-retry-after")) || longestWait,
    };
  }
  return { kind: "refused", reason: status < 500 ? "wrong" : "failed" };
}
