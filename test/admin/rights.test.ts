import type { Plugbay } from "plugbay";
import type { AdminOptions, Authorization } from "plugbay/admin";
import { describe, expect, test } from "vitest";
import type { HistoryList, SessionInfo, TypeList } from "../../src/admin/contract/contract.ts";
import { endpoints } from "../../src/admin/contract/contract.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { everything, greeting, keys, parting } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";
import { prepareSamples, sampled, sampleOf } from "./sample-requests.ts";

const writing = endpoints.filter(({ writes }) => writes);
const unsafe = endpoints.filter(({ method }) => method !== "GET");
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const named = (list: typeof endpoints) => list.map((route) => ({ name: nameOf(route), route }));

const as = (caller: Partial<Authorization>): AdminOptions => ({
  authorize: () => ({ actor: "olga", access: "write", ...caller }),
});

test("the routes that only ask, though not by GET, are three", () => {
  expect(unsafe.filter(({ writes }) => !writes).map(nameOf)).toEqual([
    "POST /types/:typeId/explain",
    "POST /preview",
    "POST /items/purge/plan",
  ]);
});

onSqlite((home) => {
  async function open(): Promise<Plugbay> {
    const plugbay = await home.open(sampled, { keys });
    await prepareSamples(plugbay);
    return plugbay;
  }

  describe("a request by nobody", () => {
    test.each(named(endpoints))("is refused with 401 at $name", async ({ route }) => {
      const panel = new Panel(await open(), { authorize: () => null });
      const path = route.path.slice(1).replace(/:\w+/, "x");
      const refusal = await panel.refusal(route.method, path, route.method === "GET" ? {} : { body: {} });
      expect(refusal).toMatchObject({ status: 401, code: "UNAUTHORIZED" });
      expect(refusal.detail).toContain("sign in");
    });

    test("is refused with 401 where there is no route, too", async () => {
      const panel = new Panel(await open(), { authorize: () => null });
      expect(await panel.refusal("GET", "nothing")).toMatchObject({ status: 401 });
    });

    test("is told how to let somebody in, where nothing was configured", async () => {
      const plugbay = await open();
      for (const authorize of [undefined, null] as unknown as NonNullable<AdminOptions["authorize"]>[]) {
        const panel = new Panel(plugbay, { authorize });
        const refusal = await panel.refusal("GET", "types");
        expect(refusal.status).toBe(401);
        expect(refusal.detail).toContain('give createAdmin the option "authorize"');
      }
    });

    test("at the page gets one to read, with the same explanation and no data", async () => {
      const panel = new Panel(await open(), { authorize: () => null, title: "<b>Plugins</b>" });
      const response = await panel.fetch("GET", "/admin/types");
      const html = await response.text();
      expect(response.status).toBe(401);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(html).toContain("sign in to the application");
      expect(html).toContain("&lt;b&gt;Plugins&lt;/b&gt;");
      expect(html).not.toContain("<script");
    });
  });

  describe("authorize", () => {
    test("gets the request, and may be asynchronous", async () => {
      const panel = new Panel(await open(), {
        authorize: async ({ headers }) =>
          headers.get("cookie") === "user=zoe" ? { actor: "zoe", access: "read" } : null,
      });
      const signedIn = await panel.fetch("GET", "/admin/api/session", { headers: { cookie: "user=zoe" } });
      expect(await signedIn.json()).toMatchObject({ actor: "zoe", access: "read" });
      expect((await panel.fetch("GET", "/admin/api/session")).status).toBe(401);
    });

    test.each([
      ["throws", () => Promise.reject(new Error("the session store is at 10.0.0.7"))],
      ["knows an empty actor", () => ({ actor: " ", access: "write" })],
      ["knows an access that there is not", () => ({ actor: "olga", access: "admin" })],
      ["has a right to purge that is neither", () => ({ actor: "olga", access: "write", mayPurge: "no" })],
      ["has a list of types that is none", () => ({ actor: "olga", access: "write", types: "all" })],
      ["answers true", () => true],
    ])("that %s lets nobody in, and tells only the log why", async (_, authorize) => {
      const warnings = collectWarnings();
      const panel = new Panel(await open(), { authorize: authorize as never });
      const refusal = await panel.refusal("GET", "types");
      expect(refusal).toMatchObject({
        status: 500,
        code: "INTERNAL",
        detail: expect.stringMatching(/log says more, by the id [\da-f-]{36}$/),
      });
      expect(warnings).toEqual(["a request of the admin panel failed"]);
      expect((await panel.fetch("GET", "/admin")).status).toBe(500);
    });

    test.each([
      ["@fastify/jwt, without a token", { statusCode: 401 }, 401, "UNAUTHORIZED"],
      ["@fastify/jwt, with a header that is no token", { statusCode: 400 }, 401, "UNAUTHORIZED"],
      ["Koa and Nest, for nobody", { status: 401 }, 401, "UNAUTHORIZED"],
      ["Koa and Nest, for somebody else", { status: 403, statusCode: 403 }, 403, "FORBIDDEN"],
      ["Fastify, for somebody else", { statusCode: 403 }, 403, "FORBIDDEN"],
    ])("may refuse by the error of %s", async (_, of, status, code) => {
      const warnings = collectWarnings();
      for (const authorize of [
        () => Promise.reject(Object.assign(new Error("no, by 10.0.0.7"), of)),
        () => {
          throw Object.assign(new Error("no, by 10.0.0.7"), of);
        },
      ]) {
        const panel = new Panel(await open(), { authorize });
        const refusal = await panel.refusal("GET", "types");
        expect(refusal).toMatchObject({ status, code });
        expect(refusal.detail).not.toContain("10.0.0.7");
        const page = await panel.fetch("GET", "/admin");
        expect([page.status, page.headers.get("content-type")]).toEqual([status, "text/html; charset=utf-8"]);
      }
      expect(warnings).toEqual([]);
    });
  });

  describe("a user who may only read", () => {
    test.each(named(writing))("is refused at $name", async ({ route }) => {
      const plugbay = await open();
      const { revision } = await home.rows();
      const panel = new Panel(plugbay, as({ access: "read" }));
      const { path, body, changesNothing } = sampleOf(route, plugbay);
      const refusal = await panel.refusal(route.method, path, { body });
      expect(refusal).toMatchObject({ status: 403, code: "FORBIDDEN" });
      expect((await home.rows()).revision).toBe(revision);
      // The same by somebody who may: so it was the right that was missing.
      const response = await new Panel(plugbay).fetch(route.method, `/admin/api/${path}`, { body });
      expect(response.ok).toBe(true);
      expect((await home.rows()).revision).toBe(changesNothing ? revision : revision + 1);
    });

    test.each(named(writing))("is refused at $name, whatever the body is", async ({ route }) => {
      const plugbay = await open();
      const panel = new Panel(plugbay, as({ access: "read" }));
      const { path } = sampleOf(route, plugbay);
      expect(await panel.refusal(route.method, path, { rawBody: "{" })).toMatchObject({ status: 403 });
    });

    test("is offered nothing", async () => {
      const panel = new Panel(await open(), as({ access: "read" }));
      const { types } = await panel.ask<TypeList>("GET", "types");
      expect(types.map(({ mayWrite }) => mayWrite)).toEqual([false, false, false]);
      const { entries } = await panel.ask<HistoryList>("GET", "history");
      expect(entries.filter(({ isRevertible }) => isRevertible)).toEqual([]);
    });
  });

  describe("a panel that is read-only", () => {
    test.each(named(writing))("refuses everybody at $name", async ({ route }) => {
      const plugbay = await open();
      const { revision } = await home.rows();
      const panel = new Panel(plugbay, { readOnly: true });
      const { path, body } = sampleOf(route, plugbay);
      expect(await panel.refusal(route.method, path, { body })).toMatchObject({ status: 403 });
      expect((await home.rows()).revision).toBe(revision);
    });

    test("says that there is only reading", async () => {
      const panel = new Panel(await open(), { readOnly: true });
      expect(await panel.ask<SessionInfo>("GET", "session")).toMatchObject({ access: "read" });
    });
  });

  describe("a user who may purge nothing", () => {
    test("is refused that alone, and is not offered it", async () => {
      const plugbay = await open();
      const { revision } = await home.rows();
      const panel = new Panel(plugbay, as({ mayPurge: false }));
      const id = idOf(plugbay, "dora");
      expect(await panel.refusal("POST", "items/purge", { body: { ids: [id] } })).toMatchObject({
        status: 403,
        code: "FORBIDDEN",
        detail: "not allowed: this needs the right to purge",
      });
      expect((await home.rows()).revision).toBe(revision);
      expect(await panel.ask("GET", `items/${id}`)).toMatchObject({ mayWrite: true, mayPurge: false });
      await panel.ask("POST", "items/bulk", { action: "restore", ids: [id] });
      await panel.ask("POST", "items/bulk", { action: "retire", ids: [id] });
      const other = new Panel(plugbay, as({ mayPurge: true }));
      expect(await other.ask("GET", `items/${id}`)).toMatchObject({ mayWrite: true, mayPurge: true });
      await other.ask("POST", "items/purge", { ids: [id] });
    });

    test("is everybody who may only read, whatever else is said of them", async () => {
      const plugbay = await open();
      const panel = new Panel(plugbay, as({ access: "read", mayPurge: true }));
      const id = idOf(plugbay, "dora");
      expect(await panel.ask("GET", `items/${id}`)).toMatchObject({ mayPurge: false });
      expect(await panel.refusal("POST", "items/purge", { body: { ids: [id] } })).toMatchObject({
        status: 403,
      });
    });
  });

  describe("a user who may change some types", () => {
    test.each(named(writing))("is refused for another type at $name", async ({ route }) => {
      const plugbay = await open();
      const { revision } = await home.rows();
      const { path, body, changesNothing } = sampleOf(route, plugbay);
      const other = route.path === "/items/purge" ? greeting : parting;
      const refusal = await new Panel(plugbay, as({ types: [other] })).refusal(route.method, path, { body });
      expect(refusal).toMatchObject({ status: 403, code: "FORBIDDEN" });
      expect((await home.rows()).revision).toBe(revision);

      const own = route.path === "/items/purge" ? parting : greeting;
      await new Panel(plugbay, as({ types: [own] })).ask(route.method, path, body);
      expect((await home.rows()).revision).toBe(changesNothing ? revision : revision + 1);
    });

    test("is offered only these", async () => {
      const panel = new Panel(await open(), as({ types: [greeting] }));
      const { types } = await panel.ask<TypeList>("GET", "types");
      expect(types.map(({ name, mayWrite }) => [name, mayWrite])).toEqual([
        ["by name", false],
        ["greeting", true],
        ["parting", false],
      ]);
      const session = await panel.ask<SessionInfo>("GET", "session");
      expect(session.types).toEqual([{ manager: greeting.manager, name: greeting.name }]);
      const { entries } = await panel.ask<HistoryList>("GET", "history?limit=4");
      // The hold and the lead of bob, the retirement of dora, who is of another type, and the change of alice.
      expect(entries.map(({ isRevertible }) => isRevertible)).toEqual([true, true, false, true]);
    });

    test("has no part of a change made where another part is not theirs", async () => {
      const plugbay = await open();
      const panel = new Panel(plugbay, as({ types: [greeting] }));
      const [alice, erik] = [idOf(plugbay, "alice"), idOf(plugbay, "erik")];
      const requests: [method: string, path: string, body: unknown][] = [
        ["POST", "items/bulk", { action: "disable", ids: [alice, erik] }],
        ["POST", "items/bulk", { action: "disable", query: {} }],
        ["POST", "items/bulk", { action: "retire", query: { search: "i" } }],
        [
          "PATCH",
          "items",
          { items: [alice, erik].map((id) => ({ id, version: id === alice ? 2 : 1, priority: 9 })) },
        ],
      ];
      const { revision } = await home.rows();
      for (const [method, path, body] of requests) {
        expect(await panel.refusal(method, path, { body })).toMatchObject({ status: 403 });
      }
      expect((await home.rows()).revision).toBe(revision);
    });
  });
});

onEveryDatabase((home) => {
  test("an actor's name of any script is in the history as it is", async () => {
    const actor = "Zoë <script>alert(1)</script> \u{1F642} پریسا";
    const plugbay = await home.open(everything);
    const panel = new Panel(plugbay, as({ actor }));
    await panel.ask("POST", "items/bulk", { action: "disable", ids: [idOf(plugbay, "alice")] });
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=1");
    expect(entries[0]?.actor).toBe(actor);
    const found = await panel.ask<HistoryList>("GET", `history?actor=${encodeURIComponent(actor)}`);
    expect(found.entries).toHaveLength(1);
  });
});
