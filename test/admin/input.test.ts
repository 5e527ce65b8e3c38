import { describe, expect, test } from "vitest";
import { endpoints } from "../../src/admin/contract/contract.ts";
import { idOf } from "../store/test-database.ts";
import { everything } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

onSqlite((home) => {
  const open = async () => new Panel(await home.open(everything));

  describe("a body that is no JSON is refused:", () => {
    test.each<[string, string | Uint8Array<ArrayBuffer>]>([
      ["nothing", ""],
      ["half an object", '{"action":'],
      ["two values", "{} {}"],
      ["a word", "undefined"],
      ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
      ["nesting without end", "[".repeat(500_000)],
    ])("%s", async (_, rawBody) => {
      const refusal = await (await open()).refusal("POST", "items/bulk", { rawBody });
      expect(refusal).toMatchObject({ status: 400, code: "INVALID_INPUT" });
    });
  });

  describe("a body that is not as described is refused, and the answer says where:", () => {
    const id = "01900000-0000-7000-8000-000000000000";
    test.each<[string, string, string, unknown, string]>([
      ["no object", "POST", "items/bulk", [], ""],
      ["null", "POST", "items/bulk", null, ""],
      ["an unknown field", "PATCH", `items/${id}`, { version: 1, state: "active" }, "/state"],
      ["a prototype", "PATCH", `items/${id}`, JSON.parse('{"version": 1, "__proto__": {}}'), "/__proto__"],
      ["a missing version", "PATCH", `items/${id}`, { status: "active" }, ""],
      ["a version that is a text", "PATCH", `items/${id}`, { version: "1" }, "/version"],
      ["a status that there is not", "PATCH", `items/${id}`, { version: 1, status: "on" }, "/status"],
      ["a priority that is too high", "PATCH", `items/${id}`, { version: 1, priority: 32_768 }, "/priority"],
      ["a priority between two", "PATCH", `items/${id}`, { version: 1, priority: 0.5 }, "/priority"],
      ["an id that is none", "PATCH", "items", { items: [{ id: "x", version: 1 }] }, "/items/0/id"],
      ["an action that there is not", "POST", "items/bulk", { action: "delete", ids: [] }, "/action"],
      ["neither ids nor a query", "POST", "items/bulk", { action: "disable" }, ""],
      ["both ids and a query", "POST", "items/bulk", { action: "disable", ids: [], query: {} }, ""],
      [
        "a query of something else",
        "POST",
        "items/bulk",
        { action: "disable", query: { page: 2 } },
        "/query/page",
      ],
      ["ids that are no list", "POST", "items/purge", { ids: id }, "/ids"],
      [
        "versions of no ids",
        "PUT",
        `types/${id}/order`,
        { ids: [], status: "active", versions: { x: 1 } },
        "/versions/x",
      ],
      ["arguments that are no list", "POST", `types/${id}/explain`, { args: "NL" }, "/args"],
      [
        "more arguments than a call can have",
        "POST",
        `types/${id}/explain`,
        { args: Array(101).fill(0) },
        "/args",
      ],
    ])("%s", async (_, method, path, body, where) => {
      const refusal = await (await open()).refusal(method, path, { body });
      expect(refusal).toMatchObject({ status: 400, code: "INVALID_INPUT" });
      expect(refusal.issues?.map((issue) => issue.path)).toContain(where);
      expect((await home.rows()).revision).toBe(1);
    });
  });

  describe("a number that would lose digits is refused, and the answer says where:", () => {
    const id = "01900000-0000-7000-8000-000000000000";
    test.each<[string, string, string, string]>([
      ["PATCH", `items/${id}`, '{"version": 1, "config": {"chat": 12345678901234567891}}', "/config/chat"],
      ["PATCH", `items/${id}`, '{"version": 1, "priority": 5.0000000000000000001}', "/priority"],
      ["PATCH", `items/${id}`, '{"version": 1, "config": [0, {"a/b": 1e400}]}', "/config/1/a~1b"],
      ["PATCH", `items/${id}`, '{"version": 9007199254740993}', "/version"],
      ["PATCH", `items/${id}`, '{"version": 1, "config": {"chat": 1152921504606846976}}', "/config/chat"],
      ["POST", `types/${id}/explain`, '{"args": [0.1234567890123456789]}', "/args/0"],
    ])("%s %s with %s", async (method, path, rawBody, where) => {
      const refusal = await (await open()).refusal(method, path, { rawBody });
      expect(refusal).toMatchObject({
        ...{ status: 400, code: "INVALID_INPUT" },
        issues: [{ path: where, message: expect.stringContaining("too many digits to be stored exactly") }],
        detail: expect.stringContaining(where),
      });
    });
  });

  describe("a query that is not as described is refused:", () => {
    test.each([
      ["items?page=0", "/page"],
      ["items?page=1.5", "/page"],
      ["items?page=two", "/page"],
      ["items?pageSize=0", "/pageSize"],
      ["items?pageSize=some", "/pageSize"],
      ["items?pageSize=all", "/pageSize"],
      ["items?pageSize=1001", "/pageSize"],
      ["items?status=on", "/status"],
      ["items?retired=maybe", "/retired"],
      ["items?sort=password", "/sort"],
      ["items?sort=name,,", "/sort"],
      ["items?limit=1", "/limit"],
      ["items?search=a&search=b", "/search"],
      [`items?search=${"a%20".repeat(400)}`, "/search"],
      ["items?__proto__=1", "/__proto__"],
      ["history?limit=501", "/limit"],
      ["history?before=1", "/before"],
      ["history?entity=1%27%20or%201=1", "/entity"],
      ["history?actor=%00", "/actor"],
      ["history?source=web", "/source"],
      ["history?since=yesterday", "/since"],
      ["history?until=2024-12-31T23:59:60Z", "/until"],
      ["session?x=1", "/x"],
    ])("%s", async (path, where) => {
      const refusal = await (await open()).refusal("GET", path);
      expect(refusal).toMatchObject({ status: 400, code: "INVALID_INPUT" });
      expect(refusal.issues?.map((issue) => issue.path)).toContain(where);
    });
  });

  test("a text that no database takes is refused", async () => {
    const plugbay = await home.open(everything);
    const panel = new Panel(plugbay);
    for (const description of ["\0", "\ud800"]) {
      const body = { version: 1, description };
      const refusal = await panel.refusal("PATCH", `items/${idOf(plugbay, "alice")}`, { body });
      expect(refusal).toMatchObject({ status: 400 });
    }
  });

  describe("a body of more than a megabyte is refused", () => {
    const large = JSON.stringify({ version: 1, description: "x".repeat(1_000_000) });

    test("by its declared length, unread", async () => {
      const plugbay = await home.open(everything);
      const panel = new Panel(plugbay);
      const headers = { "content-length": "1000001" };
      const path = `items/${idOf(plugbay, "alice")}`;
      const refusal = await panel.refusal("PATCH", path, { rawBody: "{}", headers });
      expect(refusal).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    });

    test.each([[{}], [{ "content-length": "10" }]])(
      "by what comes, whatever is declared: %j",
      async (headers) => {
        const plugbay = await home.open(everything);
        const path = `items/${idOf(plugbay, "alice")}`;
        const refusal = await new Panel(plugbay).refusal("PATCH", path, { rawBody: large, headers });
        expect(refusal.status).toBe(413);
        expect((await home.item("alice")).version).toBe(1);
      },
    );

    test("and no more of it is read than that", async () => {
      const { admin } = await open();
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 100_000;
          controller.enqueue(new Uint8Array(100_000).fill(0x20));
        },
      });
      const response = await admin.fetch(
        new Request("https://plugins.example/admin/api/items/bulk", {
          method: "POST",
          headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
          body: endless,
          duplex: "half",
        }),
      );
      expect(response.status).toBe(413);
      expect(sent).toBeLessThan(2_000_000);
    });
  });

  describe("a method that an address does not take is refused with those that it does:", () => {
    const allowed = new Map<string, string[]>();
    for (const { method, path } of endpoints) {
      const methods = method === "GET" ? ["GET", "HEAD"] : [method];
      allowed.set(path, [...(allowed.get(path) ?? []), ...methods]);
    }

    test.each([...allowed])("%s", async (path, methods) => {
      const panel = await open();
      const address = `/admin/api${path.replace(/:\w+/, "01900000-0000-7000-8000-000000000000")}`;
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (methods.includes(method)) continue;
        const response = await panel.fetch(method, address, method === "GET" ? {} : { body: {} });
        expect(response.status, method).toBe(405);
        expect(response.headers.get("allow")?.split(", ").sort(), method).toEqual(methods.toSorted());
      }
    });

    test("the page", async () => {
      const response = await (await open()).fetch("POST", "/admin/types", { body: {} });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD");
    });
  });
});
