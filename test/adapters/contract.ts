import { Buffer } from "node:buffer";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ItemDetail, ItemList } from "../../src/admin/contract/contract.ts";
import { Client } from "./client.ts";
import type { Host, HostOptions, StartHost } from "./host.ts";
import { startProxy } from "./proxy.ts";
import { realAdmin } from "./real-admin.ts";
import { asset, type Streams, testAdmin } from "./test-admin.ts";

/** What differs between frameworks for good reasons. */
export interface Framework {
  readonly name: string;
  readonly start: StartHost;
  /**
   * Whether the host's body parser reads bodies before the panel sees them, or only those of the host's own
   * routes; undefined: it has none.
   */
  readonly parser?: "in front" | "apart";
  /** Whether URLs have the scheme that a proxy names, and queries in another spelling. Default false. */
  readonly respellsUrls?: boolean;
  /** Whether the head of an answer waits for the first piece of its body. Default false. */
  readonly headWaits?: boolean;
  /** Whether the host compresses what it answers. Default false. */
  readonly compresses?: boolean;
}

interface Place extends Pick<HostOptions, "path" | "jsonLimit"> {
  readonly title: string;
  readonly basePath: string;
  /** What a proxy in front takes away; undefined: there is no proxy. */
  readonly proxyTakes?: string;
}

const subPath = "/admin/plugins";
const places: Place[] = [
  { title: "at the root", basePath: "" },
  { title: "under a sub-path", basePath: subPath },
  { title: "behind a proxy that keeps the prefix", basePath: subPath, proxyTakes: "" },
  { title: "behind a proxy that strips the prefix", basePath: subPath, path: "/", proxyTakes: subPath },
  {
    title: "behind a proxy that strips a part of the prefix",
    basePath: `/tools${subPath}`,
    path: subPath,
    proxyTakes: "/tools",
  },
];
const json = { "content-type": "application/json" };
const large = JSON.stringify({ text: "ﮎ😀é".repeat(55_000) });

/** Runs the contract of adapters over a framework. */
export function describeAdapter(framework: Framework): void {
  describe(framework.name, () => {
    describe.each(places)("$title", (place) => describePlace(framework, place));
    describe("with the real admin", () => describeRealAdmin(framework));
    if (framework.parser !== undefined) {
      const title = `under a sub-path, with a body parser ${framework.parser}`;
      describe(title, () => describePlace(framework, { title, basePath: subPath, jsonLimit: 1_000_000 }));
      describe(`${title} that takes little`, () => describeSmallLimit(framework));
    }
  });
}

/** Starts the host, and a proxy in front of it where the place has one, for the tests of a block. */
function startClient(start: StartHost, { basePath, path, jsonLimit, proxyTakes }: Place): () => Client {
  const hosts: Host[] = [];
  let client: Client | undefined;
  beforeAll(async () => {
    const options = { ...(path !== undefined && { path }), ...(jsonLimit !== undefined && { jsonLimit }) };
    const host = await start({ admin: testAdmin(basePath), kind: "test", ...options });
    hosts.push(host);
    if (proxyTakes !== undefined) hosts.unshift(await startProxy(host.port, proxyTakes));
    client = new Client(hosts[0]?.port ?? 0);
  }, 180_000);
  afterAll(async () => {
    client?.close();
    for (const host of hosts) await host.close();
  });
  return () => client as Client;
}

function describePlace(
  { start, respellsUrls = false, headWaits = false, compresses = false }: Framework,
  place: Place,
): void {
  const { basePath } = place;
  const client = startClient(start, place);
  const lives = async (): Promise<void> => {
    expect(await client().ask(`${basePath}/api/types`)).toMatchObject({ status: 200 });
  };

  test.each([`${basePath}/`, basePath || "/"])("serves the page at %j", async (path) => {
    const answer = await client().ask(path);
    expect([answer.status, answer.body.toString()]).toEqual([200, "<!doctype html><title>سلام</title>"]);
    expect(answer.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'self'",
      "set-cookie": ["first=1; Path=/; HttpOnly", "second=2; Expires=Thu, 01 Jan 2032 00:00:00 GMT"],
    });
  });

  test("serves JSON", async () => {
    const answer = await client().ask(`${basePath}/api/types`);
    expect([answer.status, answer.json()]).toEqual([200, { types: [] }]);
    expect(answer.headers["content-type"]).toBe("application/json");
  });

  test("hands on a compressed asset, byte for byte where the host does not compress", async () => {
    const answer = await client().ask(`${basePath}/app.js`, { headers: { "accept-encoding": "gzip, br" } });
    const encoding = answer.headers["content-encoding"];
    expect(answer.headers.etag).toBe('"1"');
    if (!compresses) expect([encoding, answer.body.equals(asset)]).toEqual(["gzip", true]);
    // A host that compresses by itself may as well let it be.
    else expect(encoding === "gzip" ? gunzipSync(answer.body) : answer.body).toEqual(gunzipSync(asset));
    const plain = await client().ask(`${basePath}/app.js`);
    expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, gunzipSync(asset)]);
  });

  test("hands on answers without a body, and the admin's 404", async () => {
    expect(await client().ask(`${basePath}/api/nothing`)).toMatchObject({ status: 204 });
    const missing = await client().ask(`${basePath}/api/missing`);
    expect([missing.status, missing.json()]).toEqual([404, { title: "no such page" }]);
  });

  test("answers HEAD as GET, without a body", async () => {
    const answer = await client().ask(`${basePath}/app.js`, { method: "HEAD" });
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(answer.headers).toMatchObject({ "content-type": "text/javascript", etag: '"1"' });
    expect((await client().ask(`${basePath}/api/events`, { method: "HEAD" })).body.length).toBe(0);
  });

  test("hands on paths and queries as they are", async () => {
    const target = `${basePath}/api/echo/a%25b%20c/%C3%A9;v=1?x=1&x=2&y=%26%20+&z=&%D8%B3`;
    const { url } = await client().echo(target, { headers: { host: "panel.example:8080" } });
    const asked = new URL(`http://panel.example:8080${target}`);
    const { origin, host, pathname, search, searchParams } = new URL(url);
    expect([host, pathname]).toEqual([asked.host, asked.pathname]);
    if (respellsUrls) expect([...searchParams]).toEqual([...asked.searchParams]);
    else expect([origin, search]).toEqual([asked.origin, asked.search]);
  });

  test("hands on headers, and trusts none about who the client talks to", async () => {
    const sent = {
      host: "panel.example",
      cookie: "session=abc; theme=dark",
      origin: "https://panel.example",
      "sec-fetch-site": "same-origin",
      "x-forwarded-host": "forged.example",
    };
    const { url, headers } = await client().echo(`${basePath}/api/echo`, { headers: sent });
    expect(Object.fromEntries(headers)).toMatchObject({ ...sent, host: "panel.example" });
    expect(new URL(url).host).toBe("panel.example");
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])("hands on the JSON of %s byte for byte", async (method) => {
    const body = JSON.stringify({
      version: 3,
      description: 'سلام "é" \u2028 😀',
      nested: [{ a: null }, 1.5],
    });
    const echo = await client().echo(`${basePath}/api/echo`, { method, headers: json, body });
    expect([echo.method, Buffer.from(echo.body, "base64").toString()]).toEqual([method, body]);
  });

  test("hands on a body of 500 kB", async () => {
    expect(Buffer.byteLength(large)).toBeGreaterThan(490_000);
    const echo = await client().echo(`${basePath}/api/echo`, { method: "POST", headers: json, body: large });
    expect(Buffer.from(echo.body, "base64").toString() === large).toBe(true);
  });

  test("hands on a body that is no JSON, and none at all", async () => {
    const body = Buffer.from([0, 255, 128, 10, 13]);
    const headers = { "content-type": "application/octet-stream" };
    const binary = await client().echo(`${basePath}/api/echo`, { method: "POST", headers, body });
    expect(Buffer.from(binary.body, "base64")).toEqual(body);
    expect(await client().echo(`${basePath}/api/echo`, { method: "POST" })).toMatchObject({ body: "" });
    const empty = await client().echo(`${basePath}/api/echo`, { method: "POST", headers: json, body: "" });
    expect(empty.body).toBe("");
  });

  test("lets the admin answer without reading the body", async () => {
    const question = { method: "POST", headers: json, body: large };
    expect(await client().ask(`${basePath}/api/unread`, question)).toMatchObject({ status: 413 });
    await lives();
  });

  // At the root there are none.
  if (place.path !== "/" && basePath !== "") {
    test("leaves other paths to the host", async () => {
      const outside = place.proxyTakes === "/tools" ? "/tools/admin" : "/admin";
      for (const path of [outside, `${outside}/pluginsx`, `${outside}/%2e%2e/other`]) {
        const answer = await client().ask(path);
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.body.toString()).not.toContain("no such page");
      }
    });
  }

  test("sends events one by one, and ends them when the client has gone", async () => {
    const streams = async (): Promise<Streams> =>
      (await client().ask(`${basePath}/api/streams`)).json<Streams>();
    const push = (body: string) =>
      client().ask(`${basePath}/api/push`, {
        method: "POST",
        headers: { "content-type": "text/plain" },
        body,
      });
    const before = await streams();
    const opening = client().open(`${basePath}/api/events`);
    await expect.poll(streams, { timeout: 30_000 }).toMatchObject({ open: 1 });
    const answer = headWaits ? (await Promise.all([opening, push("zero")]))[0] : await opening;
    expect(answer.headers["content-type"]).toBe("text/event-stream");
    if (headWaits) await once(answer, "data");
    for (const body of ["one", "two"]) {
      const [[piece]] = await Promise.all([once(answer, "data") as Promise<[Buffer]>, push(body)]);
      expect(piece.toString()).toBe(`data: ${body}\n\n`);
    }
    answer.destroy();
    await expect
      .poll(streams, { timeout: 30_000 })
      .toEqual({ open: 0, aborted: before.aborted + 1, cancelled: before.cancelled + 1 });
  });

  test("answers 500 when the admin fails, and lives on", async () => {
    const answer = await client().ask(`${basePath}/api/fails`, { method: "POST", headers: json, body: "{}" });
    expect(answer.status).toBe(500);
    await lives();
  });

  test("breaks off an answer that breaks off, and lives on", async () => {
    const answer = await client().open(`${basePath}/api/broken`);
    await expect(finished(answer.resume())).rejects.toThrow();
    await lives();
  });

  test("refuses a method that no Request can have, and lives on", async () => {
    expect((await client().ask(`${basePath}/api/types`, { method: "TRACE" })).status).toBeGreaterThan(399);
    await lives();
  });
}

function describeRealAdmin({ start }: Framework): void {
  const endings: (() => Promise<void>)[] = [];
  let client: Client;
  beforeAll(async () => {
    const { admin, close } = await realAdmin(subPath);
    endings.push(close);
    const host = await start({ admin, kind: "real" });
    client = new Client(host.port);
    endings.unshift(host.close);
  }, 180_000);
  afterAll(async () => {
    client?.close();
    for (const end of endings) await end();
  });

  test("serves its page and its types", async () => {
    const page = await client.ask(subPath, { headers: { accept: "text/html" } });
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await client.ask(subPath, { method: "HEAD" })).toMatchObject({ status: 200 });
    const types = await client.ask(`${subPath}/api/types`);
    expect(types.json()).toMatchObject({ types: [{ name: "otp", serving: { name: "sms" } }] });
  });

  test("changes an item, and tells who listens", async () => {
    const events = await client.open(`${subPath}/api/events`);
    const heard = (async () => {
      let text = "";
      for await (const piece of events) {
        text += String(piece);
        if (text.includes("event: change")) return;
      }
    })();
    const { items } = (await client.ask(`${subPath}/api/items?search=sms`)).json<ItemList>();
    const [item] = items;
    const path = `${subPath}/api/items/${item?.id}`;
    const question = { method: "PATCH", body: JSON.stringify({ version: item?.version, status: "reserve" }) };
    expect((await client.ask(path, { ...question, headers: json })).status).toBe(403);
    const headers = { ...json, "sec-fetch-site": "same-origin" };
    expect((await client.ask(path, { ...question, headers })).status).toBe(200);
    expect((await client.ask(path)).json<ItemDetail>()).toMatchObject({ name: "sms", status: "reserve" });
    await heard;
  });
}

function describeSmallLimit({ start, parser }: Framework): void {
  const place = { title: "", basePath: subPath, jsonLimit: 1000 };
  const client = startClient(start, place);

  test(
    parser === "apart" ? "does not hold for the panel" : "has the last word on larger bodies",
    async () => {
      const path = `${subPath}/api/echo`;
      // Who refuses a body unread may close the connection.
      const headers = { ...json, connection: "close" };
      const refused = await client().ask(path, { method: "POST", headers, body: large });
      expect(refused.status).toBe(parser === "apart" ? 200 : 413);
      const small = await client().echo(path, { method: "POST", headers: json, body: '{"a":1}' });
      expect(Buffer.from(small.body, "base64").toString()).toBe('{"a":1}');
    },
  );
}
