import type { Admin } from "../../admin/admin.ts";
import type { OidcProvider } from "../../define-config.ts";
import { Hono } from "../../vendor/hono.ts";
import { passwordLength } from "./auth-options.ts";
import type { Authentication, Outcome, SignedIn, Visitor } from "./authentication.ts";
import { nextPath } from "./next-path.ts";
import { isFromElsewhere, isSameOrigin } from "./same-origin.ts";
import { html } from "./web/html.ts";
import { type Language, languageOf, type Notice } from "./web/messages.ts";
import { page } from "./web/page.ts";
import { passwordPage } from "./web/password-page.ts";
import { signInPage } from "./web/sign-in-page.ts";
import { signOutPage } from "./web/sign-out-page.ts";

export interface AppParts {
  readonly admin: Admin;
  readonly authentication: Authentication;
  readonly publicOrigin: string;
  readonly oidc: readonly OidcProvider[];
}

export interface App {
  /** Answers a request of the client at `address`. Never rejects. */
  fetch(request: Request, address: string): Promise<Response>;
}

/** The panel, and the pages through which people come in and out. */
export function createApp({ admin, authentication, publicOrigin, oidc }: AppParts): App {
  const base = admin.basePath;
  const app = new Hono<{ Bindings: { readonly address: string } }>();

  const signInWith = (request: Request, next: string, notice: Notice, status: number, email?: string) =>
    signInPage(
      languageFor(request),
      { base, next, oidc, notice, ...(email !== undefined && { email }) },
      status,
    );

  /** Lets nothing change that a page of another site has sent, and takes a form's fields. */
  const form =
    (answer: (fields: URLSearchParams, visitor: Visitor, request: Request) => Promise<Response>) =>
    async ({
      req: { raw: request },
      env: { address },
    }: {
      req: { raw: Request };
      env: { address: string };
    }) => {
      if (!isSameOrigin(request, publicOrigin)) return noticePage(languageFor(request), "cross-origin", 403);
      const fields = await readForm(request);
      if (fields === undefined) return noticePage(languageFor(request), "failed", 413);
      return answer(fields, { headers: request.headers, address }, request);
    };

  // Something in front may have taken the path of the panel off.
  for (const at of new Set([base, ""])) {
    app.get(`${at}/sign-in`, async ({ req: { raw: request } }) => {
      const { searchParams } = new URL(request.url);
      const next = nextPath(base, searchParams.get("next"));
      const notice = noticeOf(searchParams);
      if (notice === undefined && (await authentication.signedIn(request.headers))) return seeOther(next);
      return signInPage(languageFor(request), { base, next, oidc, notice });
    });

    app.post(
      `${at}/sign-in`,
      form(async (fields, visitor, request) => {
        const next = nextPath(base, fields.get("next"));
        const email = fields.get("email")?.trim() ?? "";
        const outcome = await authentication.signIn(visitor, email, fields.get("password") ?? "");
        if (outcome.kind === "done") return seeOther(next, outcome);
        const { notice, status } = refusals[outcome.reason];
        return signInWith(request, next, notice ?? "wrong-credentials", status, email);
      }),
    );

    // A link and not a form: the policy of the page would have to name the provider to let a form go there.
    app.get(`${at}/sign-in/oidc`, async ({ req: { raw: request }, env: { address } }) => {
      const { searchParams } = new URL(request.url);
      const next = nextPath(base, searchParams.get("next"));
      if (isFromElsewhere(request)) return seeOther(signInPath(base, next));
      const visitor = { headers: request.headers, address };
      const outcome = await authentication.beginSignIn(visitor, searchParams.get("provider") ?? "", next);
      if (outcome.kind === "done") return seeOther(outcome.url ?? next, outcome);
      const { notice, status } = refusals[outcome.reason];
      return signInWith(request, next, notice ?? "provider-failed", status);
    });

    app.get(`${at}/auth/callback/:provider`, async ({ req, env: { address } }) => {
      const visitor = { headers: req.raw.headers, address };
      const { search } = new URL(req.url);
      const outcome = await authentication.finishSignIn(visitor, req.param("provider"), search);
      if (outcome.kind === "done") return seeOther(outcome.url ?? `${base}/`, outcome);
      const { notice, status } = refusals[outcome.reason];
      return signInWith(req.raw, `${base}/`, notice ?? "provider-failed", status);
    });

    app.get(`${at}/sign-out`, async ({ req: { raw: request } }) => {
      const user = await authentication.signedIn(request.headers);
      return user ? signOutPage(languageFor(request), base, user.email) : seeOther(`${base}/sign-in`);
    });

    app.post(
      `${at}/sign-out`,
      form(async (_fields, visitor, request) => {
        const outcome = await authentication.signOut(visitor);
        if (outcome.kind === "done") return seeOther(`${base}/sign-in?notice=signed-out`, outcome);
        return noticePage(languageFor(request), refusals[outcome.reason].notice ?? "failed", 500);
      }),
    );

    app.get(`${at}/password`, async ({ req: { raw: request } }) => {
      const user = await authentication.signedIn(request.headers);
      if (user === null) return seeOther(signInPath(base, `${base}/password`));
      return passwordFor(request, user, noticeOf(new URL(request.url).searchParams));
    });

    app.post(
      `${at}/password`,
      form(async (fields, visitor, request) => {
        const user = await authentication.signedIn(visitor.headers);
        if (user === null) return seeOther(signInPath(base, `${base}/password`));
        const wanted = fields.get("new") ?? "";
        const problem = passwordProblem(wanted, fields.get("again") ?? "");
        if (problem !== undefined) return passwordFor(request, user, problem, 400);
        const outcome = await authentication.changePassword(visitor, fields.get("current") ?? "", wanted);
        if (outcome.kind === "done") return seeOther(`${base}/password?notice=password-changed`, outcome);
        const { notice, status } = refusals[outcome.reason];
        return passwordFor(request, user, notice ?? "wrong-password", status);
      }),
    );

    app.all(`${at}/auth/*`, ({ req: { raw } }) => noticePage(languageFor(raw), "not-found", 404));
  }

  async function passwordFor(request: Request, user: SignedIn, notice?: Notice, status?: number) {
    const hasPassword = await authentication.hasPassword(user);
    const content = { base, email: user.email, hasPassword, notice };
    return passwordPage(languageFor(request), content, status);
  }

  app.all("*", async ({ req: { raw: request } }) => {
    if (isNavigation(request) && !(await authentication.signedIn(request.headers))) {
      const { pathname, search } = new URL(request.url);
      const path = pathname.startsWith(`${base}/`) ? pathname : base + pathname;
      return seeOther(signInPath(base, nextPath(base, path + search)));
    }
    return admin.fetch(request);
  });

  app.onError((error, { req: { raw } }) => {
    process.stderr.write(`error: ${raw.method} ${new URL(raw.url).pathname}: ${error.message}\n`);
    return noticePage(languageFor(raw), "failed", 503);
  });

  return { fetch: async (request, address) => app.fetch(request, { address }) };
}

const refusals: Readonly<
  Record<(Outcome & { kind: "refused" })["reason"], { readonly notice?: Notice; readonly status: number }>
> = {
  wrong: { status: 401 },
  "too-many": { notice: "too-many", status: 429 },
  failed: { notice: "failed", status: 503 },
};

const languageFor = ({ headers }: Request): Language => languageOf(headers.get("accept-language"));

const noticePage = (language: Language, notice: Notice, status: number): Response =>
  page(language, { title: "plugbay", body: html``, notice }, status);

const signInPath = (base: string, next: string): string =>
  next === `${base}/` ? `${base}/sign-in` : `${base}/sign-in?${new URLSearchParams({ next })}`;

/** To another page, by GET; never kept, because it hangs on who asks. */
function seeOther(location: string, outcome?: Outcome): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "same-origin" });
  const cookies = outcome?.kind === "done" ? outcome.cookies : [];
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** Codes of better-auth that mean: somebody whom nobody has made a user. */
const strangers = ["signup_disabled", "account_not_linked", "email_not_verified", "email_not_found"];

/** What an address asks to be said: by this app itself, or by better-auth after a provider was asked. */
function noticeOf(parameters: URLSearchParams): Notice | undefined {
  const notice = parameters.get("notice");
  if (notice === "signed-out" || notice === "password-changed") return notice;
  const error = parameters.get("error")?.toLowerCase();
  if (error === undefined) return undefined;
  return strangers.includes(error) ? "not-a-user" : "provider-failed";
}

function passwordProblem(wanted: string, again: string): Notice | undefined {
  if (wanted !== again) return "passwords-differ";
  const { min, max } = passwordLength;
  return wanted.length < min || wanted.length > max ? "password-length" : undefined;
}

const isNavigation = ({ method, headers }: Request): boolean =>
  method === "GET" &&
  (headers.get("sec-fetch-mode") === "navigate" || (headers.get("accept") ?? "").includes("text/html"));

const formLimit = 16_384;

/** The fields of a small form; undefined for what is no such form. */
async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  // Browsers say how long a form is; so nothing has to be read to learn that it is too long.
  if (!(length <= formLimit)) return undefined;
  return new URLSearchParams(await request.text());
}
