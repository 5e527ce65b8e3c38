import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import type { UserRole } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Browser } from "./browser.ts";
import { password, secret } from "./credentials.ts";
import { OidcProvider } from "./oidc-provider.ts";
import { Workplace } from "./workplace.ts";

let provider: OidcProvider;

beforeEach(async () => {
  provider = new OidcProvider();
  await provider.start();
});

afterEach(() => provider.stop());

const config = (role?: UserRole) => {
  const { issuer, clientId, clientSecret } = provider;
  return {
    secret,
    oidc: [{ id: "corp", name: "Corp & Co", issuer, clientId, clientSecret, ...(role && { role }) }],
  };
};

/** Follows the button of the provider; the answer to the browser's way back. */
async function comeBack(browser: Browser, next = "/") {
  const start = await browser.get(`/sign-in/oidc?${new URLSearchParams({ provider: "corp", next })}`);
  expect(start.status).toBe(303);
  const atProvider = await fetch(String(start.headers.get("location")), { redirect: "manual" });
  const back = new URL(String(atProvider.headers.get("location")));
  expect(back.href.startsWith(`${browser.origin}/auth/callback/corp?`)).toBe(true);
  return { back: back.pathname + back.search, answer: await browser.get(back.pathname + back.search) };
}

/** Where a refused browser ends up, and what it is told. */
async function refusal(browser: Browser, location: string | null): Promise<string> {
  const { pathname, search } = new URL(String(location), browser.origin);
  expect(pathname).toBe("/sign-in");
  expect(browser.sessionCookie).toBeUndefined();
  return (await browser.get(pathname + search)).text;
}

describe("a provider with a role", () => {
  test("brings in whoever signs in there, with that role", async () => {
    await using workplace = await Workplace.ready(config("editor"));
    await using panel = await workplace.start();
    const browser = panel.browser();
    expect((await browser.get("/sign-in")).text).toContain("Sign in with Corp &amp; Co");

    const { answer } = await comeBack(browser, "/items?status=active");
    expect(answer.status).toBe(303);
    expect(new URL(String(answer.headers.get("location")), panel.origin).href).toBe(
      `${panel.origin}/items?status=active`,
    );
    expect(await browser.api("session")).toMatchObject({
      body: { actor: "ada@example.com", access: "write" },
    });
    expect((await browser.get("/password")).text).toContain("have no password here");

    expect(await workplace.users((users) => users.list())).toMatchObject([
      { email: "ada@example.com", name: "Ada", role: "editor", signsInBy: ["corp"] },
    ]);

    // A role that an administrator gave is not the provider's to change.
    await workplace.users((users) => users.setRole("ada@example.com", "reader"));
    await comeBack(browser);
    expect(await browser.api("session")).toMatchObject({ body: { access: "read" } });
  });

  test("leaves no token of its own behind, and no secret in the output", async () => {
    await using workplace = await Workplace.ready(config("reader"));
    await using panel = await workplace.start();
    await comeBack(panel.browser());
    await comeBack(panel.browser());
    const { db, close } = await sqlite(join(workplace.folder, "app.db")).connect();
    const rows = await db.selectFrom("plugbay_auth_account").selectAll().execute();
    await close();
    expect(rows).toMatchObject([
      { providerId: "corp", accessToken: null, refreshToken: null, idToken: null },
    ]);
    provider.lie = { aud: "somebody-else" };
    await comeBack(panel.browser());
    const { stdout, stderr } = await panel.stop("SIGTERM");
    for (const word of [secret, provider.clientSecret, "access-", "eyJ"]) {
      expect(stdout + stderr).not.toContain(word);
    }
  });

  test("is no way into the account of anybody who has another way to sign in, verified address or not", async () => {
    await using workplace = await Workplace.ready(config("reader"));
    await workplace.someone("admin", "ada@example.com");
    await using panel = await workplace.start();
    for (const email_verified of [false, true]) {
      provider.person = { ...provider.person, email_verified };
      const browser = panel.browser();
      const { answer } = await comeBack(browser);
      expect(await refusal(browser, answer.headers.get("location"))).toContain("You are not a user here");
    }
    provider.person = { ...provider.person, email: "new@example.com", email_verified: false };
    const browser = panel.browser();
    const { answer } = await comeBack(browser);
    expect(await refusal(browser, answer.headers.get("location"))).toContain("You are not a user here");
    expect(await workplace.users((users) => users.list())).toMatchObject([
      { email: "ada@example.com", signsInBy: ["password"] },
    ]);
  });

  test("is another provider with another issuer, and its subjects and addresses are not the same people", async () => {
    await using workplace = await Workplace.ready(config("editor"));
    await using first = await workplace.start();
    await comeBack(first.browser());
    await first.stop("SIGTERM");

    const other = new OidcProvider();
    await other.start();
    const { issuer, clientId, clientSecret } = other;
    const corp = { id: "corp", name: "Corp", role: "admin" as const };
    await workplace.configure({ secret, oidc: [{ ...corp, issuer, clientId, clientSecret }] });
    await using second = await workplace.start();
    const browser = second.browser();
    const { answer } = await comeBack(browser);
    expect(await refusal(browser, answer.headers.get("location"))).toContain("You are not a user here");
    other.person = { ...other.person, email: "eve@example.com" };
    await comeBack(browser);
    expect(await browser.api("session")).toMatchObject({ body: { actor: "eve@example.com" } });
    await other.stop();
  });
});

describe("a provider without a role", () => {
  test("brings in only whom an administrator has made a user", async () => {
    await using workplace = await Workplace.ready(config());
    await using panel = await workplace.start();
    const stranger = panel.browser();
    const { answer } = await comeBack(stranger);
    expect(await refusal(stranger, answer.headers.get("location"))).toContain("You are not a user here");
    expect(await workplace.users((users) => users.list())).toEqual([]);

    const ada = { email: "ada@example.com", role: "editor", password: undefined } as const;
    await workplace.users((users) => users.create(ada));
    await comeBack(stranger);
    expect(await stranger.api("session")).toMatchObject({
      body: { actor: "ada@example.com", access: "write" },
    });
  });
});

describe("the way back from a provider", () => {
  test("is believed only with a token that the provider has signed for this sign-in", async () => {
    await using workplace = await Workplace.ready(config("reader"));
    await using panel = await workplace.start();
    const lies = [
      { aud: "somebody-else" },
      { nonce: "another" },
      { iss: "https://evil.example.com" },
      { exp: 1 },
    ];
    for (const lie of lies) {
      provider.lie = lie;
      const browser = panel.browser();
      const { answer } = await comeBack(browser);
      expect(await refusal(browser, answer.headers.get("location"))).toContain("did not sign you in");
    }
    provider.lie = {};
    provider.signingKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const browser = panel.browser();
    const { answer } = await comeBack(browser);
    expect(await refusal(browser, answer.headers.get("location"))).toContain("did not sign you in");
    expect(await workplace.users((users) => users.list())).toEqual([]);
  });

  test("is for the browser that set out, and once", async () => {
    await using workplace = await Workplace.ready(config("reader"));
    await using panel = await workplace.start();
    const browser = panel.browser();
    const { back } = await comeBack(browser);
    for (const other of [panel.browser(), browser]) {
      other.cookies.delete("plugbay.session_token");
      const { headers } = await other.get(back);
      expect(await refusal(other, headers.get("location"))).toContain("did not sign you in");
    }
  });

  test("ends the session that the browser had before", async () => {
    await using workplace = await Workplace.ready(config("reader"));
    await workplace.someone("editor", "bob@example.com");
    await using panel = await workplace.start();
    const browser = await panel.signedIn("bob@example.com");
    const former = panel.browser();
    for (const [name, value] of browser.cookies) former.cookies.set(name, value);
    await comeBack(browser);
    expect(await browser.api("session")).toMatchObject({ body: { actor: "ada@example.com" } });
    expect(await former.api("session")).toMatchObject({ status: 401 });
  });
});

test("a link on another site starts no sign-in", async () => {
  await using workplace = await Workplace.ready(config("reader"));
  await using panel = await workplace.start();
  const path = "/sign-in/oidc?provider=corp";
  const { status, headers } = await panel.browser().get(path, { "sec-fetch-site": "cross-site" });
  expect({ status, location: headers.get("location") }).toEqual({ status: 303, location: "/sign-in" });
});

test("a provider that does not answer at the start keeps nobody else out, and is asked again", async () => {
  await using workplace = await Workplace.ready(config("reader"));
  await workplace.someone("editor", "bob@example.com");
  await provider.stop();
  await using panel = await workplace.start();
  await panel.signedIn("bob@example.com");
  const browser = panel.browser();
  const refused = await browser.get("/sign-in/oidc?provider=corp");
  expect(refused.text).toContain("did not sign you in");
  expect((await browser.signIn("bob@example.com", password)).status).toBe(303);

  await provider.start();
  await comeBack(browser);
  expect(await browser.api("session")).toMatchObject({ body: { actor: "ada@example.com" } });
});
