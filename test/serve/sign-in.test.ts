import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../cli/run-cli.ts";
import { password, secret } from "./credentials.ts";
import type { Panel } from "./panel.ts";
import { Workplace } from "./workplace.ts";

// Most tests share a panel. Behind a proxy, because attempts are counted by the browser's address.
let workplace: Workplace;
let panel: Panel;

beforeAll(async () => {
  workplace = await Workplace.ready({ secret, trustedProxies: ["127.0.0.1"] });
  panel = await workplace.start();
});

afterAll(async () => {
  await panel[Symbol.asyncDispose]();
  await workplace[Symbol.asyncDispose]();
});

test("people sign in with address and password, see the panel, and sign out for good", async () => {
  await workplace.someone("editor", "ada@example.com");
  const browser = panel.browser();
  const refused = await browser.get("/items?status=active");
  expect(refused.status).toBe(303);
  expect(refused.headers.get("location")).toBe("/sign-in?next=%2Fitems%3Fstatus%3Dactive");

  const signedIn = await browser.signIn("Ada@Example.com", password, "/items?status=active");
  expect(signedIn.status).toBe(303);
  expect(signedIn.headers.get("location")).toBe("/items?status=active");
  expect((await browser.get("/items?status=active")).text).toMatch(/^<!doctype html>/i);
  expect(await browser.api("session")).toMatchObject({
    status: 200,
    body: { actor: "ada@example.com", access: "write", signOutUrl: "/sign-out" },
  });

  // Opening the address alone signs nobody out: any site could make a browser do that.
  expect((await browser.get("/sign-out")).text).toContain("ada@example.com");
  expect(await browser.api("session")).toMatchObject({ status: 200 });
  const former = new Map(browser.cookies);
  const signedOut = await browser.post("/sign-out", {});
  expect(signedOut.headers.get("location")).toBe("/sign-in?notice=signed-out");
  expect(browser.sessionCookie).toBeUndefined();
  expect((await browser.get("/sign-in?notice=signed-out")).text).toContain("You are signed out.");

  // The session is over on the server, not only forgotten by the browser.
  const thief = panel.browser();
  for (const [name, value] of former) thief.cookies.set(name, value);
  expect(await thief.api("session")).toMatchObject({ status: 401 });
});

test("an unknown address, a wrong password and a user without one get the same answer", async () => {
  const known = await workplace.someone("editor");
  await workplace.users((users) =>
    users.create({ email: "eve@example.com", role: "reader", password: undefined }),
  );
  const answers = [];
  for (const email of [known, "eve@example.com", "nobody@example.com", "no address"]) {
    const { status, text, headers } = await panel.browser().signIn(email, "not the password");
    expect(headers.getSetCookie()).toEqual([]);
    answers.push({ status, text: text.replace(email, "ADDRESS") });
  }
  expect(answers[0]).toMatchObject({ status: 401, text: expect.stringContaining("password is wrong") });
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

describe("attempts to sign in", () => {
  test("are refused for a while after five, whatever the client says of itself", async () => {
    await using direct = await Workplace.ready({ secret });
    const email = await direct.someone("editor");
    const attempt = async (to: Panel, word: string, headers: Record<string, string> = {}) =>
      to.browser().post("/sign-in", { email, password: word }, { origin: to.origin, ...headers });
    await using first = await direct.start();
    for (let count = 0; count < 5; count += 1) expect((await attempt(first, "guess")).status).toBe(401);
    const spoofed = { "x-plugbay-client": "203.0.113.99", "x-forwarded-for": "203.0.113.99" };
    expect(await attempt(first, password, spoofed)).toMatchObject({
      status: 429,
      text: expect.stringContaining("Wait a minute"),
    });

    // A restart begins no new count.
    await first.stop("SIGTERM");
    await using second = await direct.start();
    expect((await attempt(second, password)).status).toBe(429);
  });

  test("are counted by the address that a trusted proxy has seen", async () => {
    const email = await workplace.someone("editor");
    const attempt = async (forwarded: string, word: string, account = email) => {
      const headers = { origin: panel.origin, "x-forwarded-for": forwarded };
      return (await panel.browser().post("/sign-in", { email: account, password: word }, headers)).status;
    };
    for (const spoofed of [1, 2, 3, 4, 5]) {
      const account = `nobody-${spoofed}@example.com`;
      expect(await attempt(`192.0.2.${spoofed}, 203.0.113.1:${spoofed}000`, "guess", account)).toBe(401);
    }
    expect(await attempt("192.0.2.6, 203.0.113.1", password)).toBe(429);
    expect(await attempt("203.0.113.1, 203.0.113.2", password)).toBe(303);
  });

  test("are counted by the network that a client of IPv6 has", async () => {
    const statuses: number[] = [];
    for (const host of [1, 2, 3, 4, 5, 6]) {
      const headers = { origin: panel.origin, "x-forwarded-for": `[2001:db8:1:2::${host}]:443` };
      const fields = { email: `nobody-v6-${host}@example.com`, password: "guess" };
      statuses.push((await panel.browser().post("/sign-in", fields, headers)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
});

describe("guesses at one account from 200 addresses", () => {
  test("are tried five times, and wait then; its user's own browser does not, and nobody else waits", async () => {
    const email = await workplace.someone("editor");
    const [own, other] = [
      await panel.signedIn(email),
      await panel.signedIn(await workplace.someone("reader")),
    ];
    const guesses = Array.from({ length: 200 }, () => panel.browser().signIn(email, "a wrong password"));
    const during = await other.api("session");
    const answers = await Promise.all(guesses);
    expect(during.status).toBe(200);
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    for (const { status, headers } of answers.filter(({ status }) => status !== 401)) {
      expect([429, 503]).toContain(status);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    // Those that were sent away because so many came were not tried, so there may be some left.
    for (let guess = 0; guess < 5; guess += 1) await panel.browser().signIn(email, "a wrong password");
    expect(await panel.browser().signIn(email, password)).toMatchObject({ status: 429 });
    expect(await own.signIn(email, password)).toMatchObject({ status: 303 });
    expect(await panel.signedIn(await workplace.someone("reader"))).toBeDefined();
  });

  test("are counted for a stolen device cookie, too, and one of another account counts for nothing", async () => {
    const email = await workplace.someone("editor");
    const own = await panel.signedIn(email);
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      const thief = panel.browser();
      thief.cookies.set("plugbay.device", String(own.cookies.get("plugbay.device")));
      statuses.push((await thief.signIn(email, "a wrong password")).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const stranger = await panel.signedIn(await workplace.someone("reader"));
    for (let guess = 0; guess < 5; guess += 1) await panel.browser().signIn(email, "a wrong password");
    expect(await stranger.signIn(email, password)).toMatchObject({ status: 429 });
  });
});

describe("a session", () => {
  test("is always a new one after a sign-in, and the one before it ends", async () => {
    const [attacking, attacked] = [await workplace.someone("reader"), await workplace.someone("editor")];
    const attacker = await panel.signedIn(attacking);
    const planted = String(attacker.sessionCookie);

    const victim = panel.browser();
    victim.cookies.set("plugbay.session_token", planted);
    await victim.signIn(attacked, password);
    expect(victim.sessionCookie).not.toBe(planted);
    expect(await victim.api("session")).toMatchObject({ body: { actor: attacked } });
    // Who planted it has nothing of it: it never becomes the victim's, and is over besides.
    expect(await attacker.api("session")).toMatchObject({ status: 401 });
  });

  test("is taken from no cookie that this panel has not signed", async () => {
    const browser = await panel.signedIn(await workplace.someone("editor"));
    const [token] = decodeURIComponent(String(browser.sessionCookie)).split(".");
    for (const forged of [token, `${token}.`, `${token}.${"A".repeat(43)}%3D`]) {
      browser.cookies.set("plugbay.session_token", String(forged));
      expect(await browser.api("session")).toMatchObject({ status: 401 });
    }
  });

  test("outlives a restart, and ends with another secret", async () => {
    await using other = await Workplace.ready({ secret });
    await using first = await other.start();
    const { port } = new URL(first.origin);
    const browser = await first.signedIn(await other.someone("editor"));
    await first.stop("SIGINT");
    await using second = await other.start("--port", port);
    expect(await browser.api("session")).toMatchObject({ status: 200 });
    await second.stop("SIGINT");
    await other.configure({ secret: [...secret].reverse().join("") });
    await using _third = await other.start("--port", port);
    expect(await browser.api("session")).toMatchObject({ status: 401 });
  });

  test("ends when the user is removed or gets a new password", async () => {
    const [removed, reset] = [await workplace.someone("editor"), await workplace.someone("editor")];
    const [one, other] = [await panel.signedIn(removed), await panel.signedIn(reset)];
    await workplace.users(async (users) => {
      await users.remove(removed);
      await users.resetPassword(reset, "another password");
    });
    expect(await one.api("session")).toMatchObject({ status: 401 });
    expect(await other.api("session")).toMatchObject({ status: 401 });
    expect((await other.signIn(reset, password)).status).toBe(401);
    expect((await other.signIn(reset, "another password")).status).toBe(303);
  });
});

test("a role decides what the server lets through, from the next request on", async () => {
  const [first, second] = [await workplace.someone("reader"), await workplace.someone("admin")];
  const [reader, admin] = [await panel.signedIn(first), await panel.signedIn(second)];
  const { body } = await reader.api("items");
  const [item] = body.items as { id: string; version: number }[];
  const change = { version: item?.version, priority: 7 };

  expect(await reader.change(`items/${item?.id}`, change)).toMatchObject({ status: 403 });
  expect(await panel.browser().change(`items/${item?.id}`, change)).toMatchObject({ status: 401 });
  await runCli(workplace.folder, "user", "set-role", first, "editor");
  expect(await reader.change(`items/${item?.id}`, change)).toMatchObject({
    status: 200,
    body: { priority: 7 },
  });
  await workplace.users((users) => users.setRole(second, "reader"));
  const later = { version: Number(item?.version) + 1, priority: 8 };
  expect(await admin.change(`items/${item?.id}`, later)).toMatchObject({ status: 403 });

  const history = await runCli(workplace.folder, "history", "--json", "--actor", first);
  expect(JSON.parse(history.stdout)).toMatchObject([{ actor: first, after: { priority: 7 } }]);
});

test("an admin may purge what an editor may only retire", async () => {
  const [first, second] = [await workplace.someone("editor"), await workplace.someone("admin")];
  const [editor, admin] = [await panel.signedIn(first), await panel.signedIn(second)];
  const { body } = await editor.api("items");
  const { id } = (body.items as { id: string }[]).at(-1) ?? {};
  expect(await editor.send("POST", "items/bulk", { action: "retire", ids: [id] })).toMatchObject({
    status: 200,
  });
  expect(await editor.send("POST", "items/purge", { ids: [id] })).toMatchObject({
    status: 403,
    body: { detail: "not allowed: this needs the right to purge" },
  });
  expect(await editor.api(`items/${id}`)).toMatchObject({ body: { mayPurge: false } });
  expect(await admin.send("POST", "items/purge", { ids: [id] })).toMatchObject({
    status: 200,
    body: { items: [{ id }] },
  });
});

describe("a new password", () => {
  test("ends the user's other sessions, and keeps this one under a new id", async () => {
    const email = await workplace.someone("editor");
    const [here, elsewhere] = [await panel.signedIn(email), await panel.signedIn(email)];
    const before = here.sessionCookie;
    const wanted = "another long password";
    const answer = await here.post("/password", { current: password, new: wanted, again: wanted });
    expect(answer.headers.get("location")).toBe("/password?notice=password-changed");
    const page = await here.get("/password?notice=password-changed");
    expect(page.text).toContain("Your password is changed.");
    expect(here.sessionCookie).not.toBe(before);
    expect(await here.api("session")).toMatchObject({ status: 200 });
    expect(await elsewhere.api("session")).toMatchObject({ status: 401 });
    expect((await elsewhere.signIn(email, wanted)).status).toBe(303);
  });

  const long = "a".repeat(12);
  test.each([
    ["the current one is wrong", { current: "wrong", new: long, again: long }, 401, "current"],
    ["it is too short", { current: password, new: "short", again: "short" }, 400, "too short"],
    ["it is typed differently", { current: password, new: long, again: `${long}b` }, 400, "differ"],
  ])("is refused when %s", async (_, fields, status, message) => {
    const email = await workplace.someone("editor");
    const browser = await panel.signedIn(email);
    const answer = await browser.post("/password", fields);
    expect(answer).toMatchObject({ status, text: expect.stringContaining(message) });
    expect((await panel.browser().signIn(email, password)).status).toBe(303);
  });

  test("is for those who are signed in", async () => {
    const answer = await panel.browser().get("/password");
    expect(answer.headers.get("location")).toBe("/sign-in?next=%2Fpassword");
  });
});

test("the output has no secrets, whatever happens", async () => {
  await using other = await Workplace.ready({ secret });
  const email = await other.someone("editor");
  await using chatty = await other.start();
  const browser = await chatty.signedIn(email);
  const token = String(browser.sessionCookie).slice(0, 20);
  await chatty.browser().signIn(email, "a wrong password");
  await browser.post("/password", { current: "wrong", new: "new password 12", again: "new password 12" });
  await browser.post("/sign-out", {});
  const { stdout, stderr } = await chatty.stop("SIGTERM");
  for (const word of [secret, password, "a wrong password", "new password 12", token]) {
    expect(stdout + stderr).not.toContain(word);
  }
  const list = await runCli(other.folder, "user", "list", "--json");
  expect(list.stdout).not.toMatch(/hash|token|secret/i);
});
