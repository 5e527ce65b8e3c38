import type { AdminOptions } from "plugbay/admin";
import { describe, expect, test } from "vitest";
import { endpoints } from "../../src/admin/contract/contract.ts";
import { idOf } from "../store/test-database.ts";
import { everything } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

type Headers = Readonly<Record<string, string>>;
const publicOrigin = "https://public.example";

onSqlite((home) => {
  /** The status of a change that is sent with these headers, and whether it was made. */
  async function change(
    headers: Headers,
    options: AdminOptions = {},
  ): Promise<[status: number, made: boolean]> {
    const plugbay = await home.open(everything);
    const { admin } = new Panel(plugbay, options);
    const request = new Request("https://plugins.example/admin/api/items/bulk", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ action: "disable", ids: [idOf(plugbay, "alice")] }),
    });
    const { status } = await admin.fetch(request);
    return [status, (await home.item("alice")).status === "disable"];
  }

  describe("a change is taken", () => {
    test.each<[string, Headers, AdminOptions]>([
      ["from the same origin, as the browser says", { "sec-fetch-site": "same-origin" }, {}],
      ["with the request's own origin", { origin: "https://plugins.example" }, {}],
      [
        "with the origin of the host, where TLS ends in front",
        { origin: "http://inner.example:8080", host: "inner.example:8080" },
        {},
      ],
      ["with the public origin", { origin: publicOrigin }, { publicOrigin }],
    ])("%s", async (_, headers, options) => {
      expect(await change(headers, options)).toEqual([200, true]);
    });
  });

  describe("a change is refused", () => {
    test.each<[string, Headers, AdminOptions]>([
      ["from another site", { "sec-fetch-site": "cross-site" }, {}],
      ["from another subdomain", { "sec-fetch-site": "same-site" }, {}],
      ["that nobody's page sent", { "sec-fetch-site": "none" }, {}],
      ["with an empty word of the browser", { "sec-fetch-site": "" }, {}],
      [
        "from another site that forges an origin",
        { "sec-fetch-site": "cross-site", origin: "https://plugins.example" },
        {},
      ],
      ["without any word of where it is from", {}, {}],
      ["with another origin", { origin: "https://evil.example" }, {}],
      ["with an origin that begins alike", { origin: "https://plugins.example.evil.example" }, {}],
      ["with another port", { origin: "https://plugins.example:8443" }, {}],
      ["with the origin of a sandboxed page", { origin: "null" }, {}],
      ["with an origin that is none", { origin: "plugins.example" }, {}],
      [
        "with the request's origin, where the public one is another",
        { origin: "https://plugins.example" },
        { publicOrigin },
      ],
      [
        "with a forwarded host, which anybody can write",
        { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
        {},
      ],
    ])("%s", async (_, headers, options) => {
      expect(await change(headers, options)).toEqual([403, false]);
    });

    test.each(endpoints.filter(({ method }) => method !== "GET"))(
      "from another site at $method $path",
      async (route) => {
        const panel = new Panel(await home.open(everything));
        const path = route.path.slice(1).replace(/:\w+/, "x");
        const headers = { "sec-fetch-site": "cross-site" };
        expect(await panel.refusal(route.method, path, { body: {}, headers })).toMatchObject({
          status: 403,
          code: "CROSS_SITE_REQUEST",
        });
      },
    );
  });

  test.each([
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/jsonp",
  ])("a body of the type %s, as a form can send, is refused", async (type) => {
    expect(await change({ "sec-fetch-site": "same-origin", "content-type": type })).toEqual([415, false]);
    const panel = new Panel(await home.open(everything));
    const headers = { "content-type": type };
    expect(await panel.refusal("POST", "history/1-0/revert", { headers })).toMatchObject({ status: 415 });
  });

  test("JSON is taken with a character set and in capitals", async () => {
    const headers = { "sec-fetch-site": "same-origin", "content-type": "Application/JSON; charset=utf-8" };
    expect(await change(headers)).toEqual([200, true]);
  });

  test("reading needs no word of where it is from", async () => {
    const { admin } = new Panel(await home.open(everything));
    expect((await admin.fetch(new Request("https://plugins.example/admin/api/types"))).status).toBe(200);
  });
});
