import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { type CheckResult, type ItemPatch, type JsonValue, openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { LocalSettings } from "../../examples/otp/local-settings.ts";
import { otp } from "../../examples/otp/otp.ts";
import { gateway } from "../../examples/otp/providers/gateway/index.ts";
import { mail } from "../../examples/otp/providers/mail/index.ts";
import { outbox } from "../../examples/otp/providers/outbox/index.ts";
import { sms } from "../../examples/otp/providers/sms/index.ts";
import { smtp } from "../../examples/otp/providers/smtp/index.ts";
import { RunningExample } from "./running-example.ts";

const by = { actor: "test" };

describe("examples/otp", () => {
  let example: RunningExample;
  /** The operator, in another process than the example. */
  let operator: Plugbay;

  beforeAll(async () => {
    example = await RunningExample.start();
    operator = await openPlugbay({
      database: sqlite(example.databasePath),
      plugins: [otp, mail, sms, outbox, smtp, gateway],
      keys: (await localSettings(example)).keys,
      pollIntervalMs: false,
    });
  });

  beforeEach(async () => {
    await decide("sms", { status: "active", priority: 20 });
    await decide("outbox", { status: "reserve", priority: 30 });
    for (const name of ["smtp", "gateway"]) await decide(name, { status: "disable" });
    await decide("mail", { status: "active", priority: 10 });
    await servedBy("mail");
  });

  afterAll(async () => {
    await operator.close();
    await example[Symbol.asyncDispose]();
  });

  it("delivers a code through the provider of the lowest priority", async () => {
    const page = await send("Your code is 100001");
    expect(entryOf(page, "100001")).toContain("mail delivered to 15550100@sms.example.com");
  });

  it("delivers the next code through another provider when an operator says so", async () => {
    await decide("sms", { priority: 1 });
    await servedBy("sms");
    const page = await send("Your code is 100002");
    expect(entryOf(page, "100002")).toContain("sms delivered to +1 555 0100");
  });

  it("delivers a code that is sent right after a decision by the new provider", async () => {
    for (const [round, name] of ["sms", "mail", "sms", "mail"].entries()) {
      await decide("sms", { priority: name === "sms" ? 1 : 20 });
      const page = await send(`Your code is 10002${round}`);
      expect(entryOf(page, `10002${round}`)).toContain(`${name} delivered`);
    }
  });

  it("delivers through the reserve when nothing is active", async () => {
    await decide("mail", { status: "disable" });
    await decide("sms", { status: "disable" });
    await servedBy("outbox");
    const page = await send("Your code is 100003");
    expect(entryOf(page, "100003")).toContain("outbox delivered to +1 555 0100");
  });

  it("delivers through the next provider when a server is down, and says what failed", async () => {
    await example.post("/servers/mail", { state: "stopped" });
    const page = await send("Your code is 100004");
    expect(entryOf(page, "100004")).toContain("sms delivered");
    expect(entryOf(page, "The mail server did not take the message")).toContain(
      "mail failed for +1 555 0100",
    );

    await example.post("/servers/mail", { state: "running" });
    expect(entryOf(await send("Your code is 100005"), "100005")).toContain("mail delivered");
  });

  it("says so when nobody can deliver", async () => {
    for (const name of ["mail", "sms", "outbox"]) await decide(name, { status: "disable" });
    await servedBy(undefined);
    const page = await send("Your code is 100006");
    expect(entryOf(page, "apps/otp-mail:mail is disabled")).toContain("nobody delivered to +1 555 0100");
  });

  it.each([
    ["smtp", "smtp delivered to 15550100@sms.example.com"],
    ["gateway", "gateway delivered to +1 555 0100"],
  ])("delivers through %s, which lets in only who has the configured account", async (name, delivered) => {
    await decide(name, { status: "active", priority: 1 });
    await servedBy(name);
    expect(entryOf(await send("Your code is 100010"), "100010")).toContain(delivered);
  });

  it("tells by a test whether a mail account lets us in, before it is saved", async () => {
    const { user, password } = await localSettings(example);
    expect(await check("smtp", {})).toMatchObject({ ok: true, message: `127.0.0.1 lets ${user} in.` });
    const refused = await check("smtp", { password: "guess-1234" });
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining("535") });
    expect(refused.message).not.toMatch(new RegExp(`guess-1234|${password}`));
    expect(await check("smtp", { user: "somebody" })).toMatchObject({ ok: false });
    expect((await check("smtp", { port: 1, password })).message).toContain("ECONNREFUSED");
    await expect(check("smtp", { port: "1", password })).rejects.toMatchObject({ code: "INVALID_CONFIG" });
    await expect(check("smtp", { port: 1 })).rejects.toThrow("password: has to be entered again");
  });

  it("tells by a test whether a gateway takes a token, before it is saved", async () => {
    const message = "The gateway knows the token as that of demo.";
    expect(await check("gateway", {})).toMatchObject({ ok: true, message });
    expect(await check("gateway", { token: "guess" })).toMatchObject({
      ok: false,
      message: expect.stringContaining("refused the token: 401"),
    });
    const nowhere = { url: "http://127.0.0.1:1" };
    expect((await check("gateway", { ...nowhere, token: "guess" })).message).toContain("cannot be reached");
    await expect(check("gateway", nowhere)).rejects.toThrow("token: has to be entered again");
  });

  it("goes on with the next provider when an account is changed to a wrong password", async () => {
    const item = itemOf("smtp");
    const config = { ...(item?.config as object), password: "guess-1234" };
    await decide("smtp", { status: "active", priority: 1, config });
    await servedBy("smtp");
    const page = await send("Your code is 100011");
    expect(entryOf(page, "100011")).toContain("mail delivered");
    expect(entryOf(page, "535")).toContain("smtp failed for +1 555 0100");
    await decide("smtp", { config: { ...config, password: (await localSettings(example)).password } });
  });

  it("shows the command that makes a provider serve", async () => {
    expect(textOf(await example.page())).toContain("npx plugbay set outbox --status active --priority 9");
  });

  it("refuses a form that is not filled in", async () => {
    expect(await send(" ")).toBe("Give a number and a message.");
  });

  it("lets an operator in the panel choose the provider of the next code", async () => {
    expect(await example.page()).toContain('href="/admin/"');
    const stranger = await example.ask("/admin/", { headers: { accept: "text/html" }, redirect: "manual" });
    expect(stranger.headers.get("location")).toBe("/sign-in");
    expect((await example.ask("/admin/api/session")).status).toBe(401);

    const cookie = await signIn();
    expect(await (await example.ask("/admin/", { headers: { cookie } })).text()).toMatch(/^<!doctype html>/i);
    const list = await example.ask("/admin/api/items", { headers: { cookie } });
    const { items } = (await list.json()) as { items: { id: string; name: string; version: number }[] };
    const item = items.find(({ name }) => name === "sms");
    const change = await example.ask(`/admin/api/items/${item?.id}`, {
      method: "PATCH",
      headers: { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ version: item?.version, priority: 1 }),
    });
    expect(change.status).toBe(200);
    expect(entryOf(await send("Your code is 100007"), "100007")).toContain("sms delivered to +1 555 0100");

    await example.ask("/sign-out", { method: "POST", headers: { cookie, "sec-fetch-site": "same-origin" } });
    expect((await example.ask("/admin/api/session", { headers: { cookie } })).status).toBe(401);
  });

  it("lets nobody into the panel without the password on the terminal, or from another site", async () => {
    for (const [password, origin, status] of [
      ["guess", example.address, 401],
      [passwordOf(example), "https://evil.example.com", 403],
    ] as const) {
      const body = new URLSearchParams({ name: "demo", password });
      const answer = await example.ask("/sign-in", {
        method: "POST",
        body,
        headers: { origin: `${origin}` },
      });
      expect({ status: answer.status, cookies: answer.headers.getSetCookie() }).toEqual({
        status,
        cookies: [],
      });
    }
  });

  /** The cookie of somebody who has read the terminal. */
  async function signIn(): Promise<string> {
    const body = new URLSearchParams({ name: "demo", password: passwordOf(example) });
    const headers = { origin: `${example.address}` };
    const answer = await example.ask("/sign-in", { method: "POST", body, headers, redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/admin/");
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict/);
    return cookie.split(";")[0] ?? "";
  }

  const send = (message: string) => example.post("/messages", { number: "+1 555 0100", message });

  const itemOf = (name: string) => operator.items(otp).find((candidate) => candidate.name === name);

  async function decide(name: string, patch: ItemPatch): Promise<void> {
    await operator.control.updateItem(String(itemOf(name)?.id), patch, by);
  }

  /** The test of a provider's item, with some fields changed and not saved. */
  async function check(name: string, changes: Readonly<Record<string, JsonValue>>): Promise<CheckResult> {
    const item = itemOf(name);
    const config = { ...(item?.config as { [key: string]: JsonValue }), ...changes };
    return operator.control.checkItem(String(item?.id), { config });
  }

  /** Resolves when the page of the example says so; the example itself is not told. */
  async function servedBy(name: string | undefined): Promise<void> {
    await vi.waitUntil(async () => servingOn(await example.page()) === name, { timeout: 30_000 });
  }
});

describe("examples/otp, ended", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("closes everything on %s, and has exit code 0", async (signal) => {
    await using example = await RunningExample.start();
    // This connection is kept alive, as a browser does.
    await example.page();
    const asked = performance.now();
    example.kill(signal);
    expect(await example.exitCode()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(3_000);
  });
});

describe("examples/otp, badly started", () => {
  it("says that the port is in use, and ends with exit code 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await using example = await RunningExample.launch(String(port));
    expect(await example.exitCode()).toBe(1);
    expect(example.printed).toContain(`Port ${port} is in use.`);
    other.close();
  });

  it("says that PORT is no port, and ends with exit code 1", async () => {
    await using example = await RunningExample.launch("http");
    expect(await example.exitCode()).toBe(1);
    expect(example.printed).toContain('PORT is "http"');
  });
});

/** What the example keeps beside its database. */
async function localSettings({ databasePath }: RunningExample): Promise<LocalSettings> {
  return JSON.parse(await readFile(join(dirname(databasePath), "local-settings.json"), "utf8"));
}

const passwordOf = ({ printed }: RunningExample): string => /password (\S+)/.exec(printed)?.[1] ?? "";

/** The provider that a page marks as the one that serves. */
const servingOn = (page: string): string | undefined =>
  /class="provider serving" data-provider="(\w+)"/.exec(page)?.[1];

/** The entry of a page's log that has a text. */
function entryOf(page: string, text: string): string {
  const entries = page.split('<li class="entry').slice(1).map(textOf);
  return entries.find((entry) => entry.includes(text)) ?? `no entry with "${text}"`;
}

const textOf = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
