import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "./browser.ts";
import { password, secret } from "./credentials.ts";
import type { Panel } from "./panel.ts";
import { Workplace } from "./workplace.ts";

let workplace: Workplace;
let panel: Panel;
/** In which somebody has signed in. */
let known: Browser;

beforeAll(async () => {
  workplace = await Workplace.ready({ secret, trustedProxies: ["127.0.0.1"] });
  await workplace.someone("editor", "ada@example.com");
  panel = await workplace.start();
  known = await panel.signedIn("ada@example.com");
});

afterAll(async () => {
  await panel[Symbol.asyncDispose]();
  await workplace[Symbol.asyncDispose]();
});

describe("the cookie of a session", () => {
  test("is out of reach of scripts and of other sites' requests", async () => {
    const browser = await panel.signedIn("ada@example.com");
    expect(browser.setCookies).toEqual([
      expect.stringMatching(/^plugbay\.session_token=/),
      expect.stringMatching(/^plugbay\.device=/),
    ]);
    for (const cookie of browser.setCookies) {
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(cookie).not.toMatch(/; Secure/i);
      expect(cookie).not.toMatch(/; Domain/i);
    }
  });

  test.each([
    ["the config", { secret, baseUrl: "https://plugbay.example.com" }, []],
    ["the command line", { secret }, ["--public-url", "https://plugbay.example.com"]],
  ])("is for https only where %s names an address with https", async (_, serve, operands) => {
    await using other = await Workplace.ready(serve);
    await other.someone("editor", "ada@example.com");
    await using panel = await other.start(...operands);
    expect(panel.url).toBe("https://plugbay.example.com/");
    const browser = panel.browser();
    const fields = { email: "ada@example.com", password };
    // As a proxy in front hands on what a browser sends it.
    const answer = await browser.post("/sign-in", fields, { origin: "https://plugbay.example.com" });
    expect(answer.status).toBe(303);
    expect(browser.setCookies).toEqual([
      expect.stringMatching(/^__Host-plugbay\.session_token=.*; Path=\/;.*; Secure/i),
      expect.stringMatching(/^__Host-plugbay\.device=.*; Path=\/;.*; Secure/i),
    ]);
    expect(await browser.api("session")).toMatchObject({ status: 200 });
  });
});

describe("a request from another site", () => {
  const origins: Record<string, string>[] = [
    { origin: "https://evil.example.com" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { referer: "http://127.0.0.1/" },
    {},
  ];

  test.each(origins)("with %j signs nobody in or out, and changes no password", async (headers) => {
    const browser = panel.browser();
    const signIn = await browser.post("/sign-in", { email: "ada@example.com", password }, headers);
    expect(signIn).toMatchObject({ status: 403, text: expect.stringContaining("another site") });
    expect(browser.cookies.size).toBe(0);

    await browser.signIn("ada@example.com", password);
    expect((await browser.post("/sign-out", {}, headers)).status).toBe(403);
    const fields = { current: password, new: "a new password 12", again: "a new password 12" };
    expect((await browser.post("/password", fields, headers)).status).toBe(403);
    expect(await browser.api("session")).toMatchObject({ status: 200 });
    expect((await panel.browser().signIn("ada@example.com", password)).status).toBe(303);
  });
});

describe("the pages", () => {
  test("need nothing from elsewhere, run no script, and may not be framed", async () => {
    const { headers, text } = await panel.browser().get("/sign-in");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; form-action 'self'/,
    );
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(text).not.toMatch(/<script|https?:|url\(| style="|src=/);
    expect(text).toContain('name="viewport"');
    expect(text).toContain("prefers-color-scheme: dark");
  });

  test.each([
    ["de-AT,de;q=0.9,en;q=0.8", 'lang="de" dir="ltr"', "Anmelden"],
    ["fr, fa;q=0.5, en;q=0.1", 'lang="fa" dir="rtl"', "ورود"],
    ["fr", 'lang="en" dir="ltr"', "Sign in"],
    ["de;q=0, en", 'lang="en" dir="ltr"', "Sign in"],
  ])("speak the browser's language: %s", async (language, attributes, title) => {
    const { text } = await panel.browser().get("/sign-in", { "accept-language": language });
    expect(text).toContain(`<html ${attributes}>`);
    expect(text).toContain(`<h2>${title}</h2>`);
  });

  test.each([
    ...["constructor", "__proto__", "toString", "hasOwnProperty;q=0.9", "*", ";;;,,,", "de;q=1.2.3, \u00e4"],
    ...["x".repeat(8_000), "de,".repeat(2_500), `de;q=${" ".repeat(5_000)}1`],
  ])("answer as ever to a browser that asks for an odd language, number %#", async (language) => {
    const browser = panel.browser();
    const accepted = { accept: "text/html", "accept-language": language };
    for (const path of ["/sign-in", "/sign-in?error=x", "/auth/ok", "/sign-out", "/password", "/items"]) {
      expect((await browser.get(path, accepted)).status).toBeLessThan(500);
    }
    const form = { origin: panel.origin, "accept-language": language };
    expect((await browser.post("/sign-in", { email: "x", password: "y" }, form)).status).toBeLessThan(500);
    expect((await browser.post("/sign-in", {}, { "accept-language": language })).status).toBe(403);
    browser.cookies = new Map(known.cookies);
    for (const path of ["/", "/items", "/sign-out", "/password", "/api/session", "/assets/none.js"]) {
      expect((await browser.get(path, accepted)).status).toBeLessThan(500);
    }
  });

  test("escape what they repeat", async () => {
    const attack = `"><script>alert(1)</script>`;
    const { text } = await panel.browser().signIn(attack, "x", `/${attack}`);
    expect(text).not.toContain("<script");
  });

  test("lead nowhere but to the panel after a sign-in", async () => {
    const wanted = [
      "https://evil.example.com/",
      "//evil.example.com",
      "/\\evil.example.com",
      "/.//evil.example.com",
    ];
    for (const next of [...wanted, "javascript:alert(1)", "\t//evil.example.com"]) {
      const { text } = await panel.browser().get(`/sign-in?${new URLSearchParams({ next })}`);
      expect(text).toContain('name="next" value="/"');
    }
    const { headers } = await panel.browser().signIn("ada@example.com", password, "/.//evil.example.com");
    expect(headers.get("location")).toBe("/");
  });
});

describe("what is not meant to be there", () => {
  test("is not there: nobody signs up, and better-auth's own endpoints are closed", async () => {
    const browser = await panel.signedIn("ada@example.com");
    for (const path of [
      "sign-up/email",
      "update-user",
      "delete-user",
      "sign-in/email",
      "list-sessions",
      "ok",
    ]) {
      expect((await browser.get(`/auth/${path}`)).status).toBe(404);
      expect((await browser.post(`/auth/${path}`, { email: "eve@example.com", password })).status).toBe(404);
    }
  });

  test("forms that are too long are not read", async () => {
    const answer = await panel.browser().signIn("ada@example.com", "x".repeat(100_000));
    expect(answer.status).toBe(413);
  });
});

test("a panel below a path works behind a proxy that takes the path off, and one that does not", async () => {
  await using other = await Workplace.ready({ secret, baseUrl: "https://example.com/ops/plugins" });
  await other.someone("editor", "ada@example.com");
  await using panel = await other.start();
  expect(panel.url).toBe("https://example.com/ops/plugins/");
  for (const path of ["/ops/plugins", ""]) {
    const browser = panel.browser();
    const page = await browser.get(`${path}/`);
    expect(page.headers.get("location")).toBe("/ops/plugins/sign-in");
    const fields = { email: "ada@example.com", password };
    const answer = await browser.post(`${path}/sign-in`, fields, { origin: "https://example.com" });
    expect(answer.headers.get("location")).toBe("/ops/plugins/");
    // The root's is not for it, and what else is on the host does not get it.
    expect(browser.setCookies).toEqual([
      expect.stringMatching(/^__Secure-plugbay\.session_token=.*; Path=\/ops\/plugins;.*; Secure/i),
      expect.stringMatching(/^__Secure-plugbay\.device=.*; Path=\/ops\/plugins;.*; Secure/i),
    ]);
    const { status, text } = await browser.get(`${path}/api/session`, { accept: "application/json" });
    expect({ status, signOutUrl: JSON.parse(text).signOutUrl }).toEqual({
      status: 200,
      signOutUrl: "/ops/plugins/sign-out",
    });
  }
});
