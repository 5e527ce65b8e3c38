import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";
import type { AdminOptions } from "plugbay/admin";
import { describe, expect, test } from "vitest";
import { mount } from "../../src/admin/create-admin.ts";
import type { Asset, Panel as BuiltPanel } from "../../src/admin/panel/asset.ts";
import { checkOptions } from "../../src/admin/settings.ts";
import { everything } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";

const code = "export const panel = 1;\n".repeat(50);

const asset = (name: string, type: string): Asset => ({
  name,
  type,
  brotli: brotliCompressSync(code).toString("base64"),
});

const built: BuiltPanel = {
  script: "index-4f3a1c2b.js",
  imported: ["shared-99cc.js"],
  styles: ["index-77aa.css", "more-88bb.css"],
  assets: [asset("index-4f3a1c2b.js", "text/javascript"), asset("index-77aa.css", "text/css")],
};

onSqlite((home) => {
  async function open(options: AdminOptions = {}) {
    const settings = checkOptions({
      basePath: "/admin",
      authorize: () => ({ actor: "olga", access: "write" }),
      ...options,
    });
    const admin = mount(await home.open(everything), settings, async () => built);
    return (path: string, init: RequestInit = {}) =>
      admin.fetch(new Request(`https://plugins.example${path}`, init));
  }

  describe("the page", () => {
    test.each(["/admin", "/admin/", "/admin/types", "/admin/items/x?page=2", "/", "/types"])(
      "is at %s, without a redirect",
      async (path) => {
        const response = await (await open())(path);
        expect(response.status).toBe(200);
        expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
        expect(await response.text()).toContain('<div id="root">');
      },
    );

    test("loads the panel's script and styles from below its base", async () => {
      const html = await (await (await open({ basePath: "/a/b-c.d" }))("/a/b-c.d")).text();
      expect(html).toContain('<meta name="plugbay-base" content="/a/b-c.d">');
      expect(html).toMatch(
        /<script type="module" nonce="[^"]+" src="\/a\/b-c\.d\/assets\/index-4f3a1c2b\.js">/,
      );
      expect(html).toContain('<link rel="stylesheet" href="/a/b-c.d/assets/index-77aa.css">');
      expect(html).toContain('<link rel="modulepreload" href="/a/b-c.d/assets/shared-99cc.js">');
      expect(html).toContain('<link rel="stylesheet" href="/a/b-c.d/assets/more-88bb.css">');
    });

    test("works at the root, too", async () => {
      const fetch = await open({ basePath: "" });
      expect(await (await fetch("/")).text()).toContain('src="/assets/index-4f3a1c2b.js"');
      expect((await fetch("/api/session")).status).toBe(200);
    });

    test("has its title escaped, and its language", async () => {
      const title = `</title><script>alert("1' & 2")</script>`;
      const html = await (await (await open({ title, locale: "fa" }))("/admin")).text();
      expect(html).toContain('<html lang="fa" dir="rtl">');
      expect(html).toContain(
        "<title>&lt;/title&gt;&lt;script&gt;alert(&quot;1&#39; &amp; 2&quot;)&lt;/script&gt;</title>",
      );
      expect(html.match(/<script/g)).toHaveLength(1);
    });

    test("names the environment after its title, and has an icon that everybody may see", async () => {
      const fetch = await open({ title: "Orders", environment: "production <eu>", authorize: () => null });
      const page = await fetch("/admin");
      expect(page.status).toBe(401);
      const html = await page.text();
      expect(html).toContain("<title>Orders · production &lt;eu&gt;</title>");
      expect(html).toMatch(/<h1>.*Orders.*production &lt;eu&gt;.*<\/h1>/);
      expect(html).toContain('<link rel="icon" type="image/svg+xml" href="/admin/assets/icon.svg">');
      const icon = await fetch("/admin/assets/icon.svg");
      expect(icon).toMatchObject({ status: 200 });
      expect(icon.headers.get("content-type")).toBe("image/svg+xml");
      expect(icon.headers.get("cache-control")).toBe("public, max-age=86400");
      expect(await icon.text()).toMatch(/^<svg xmlns=/);
    });

    test("has a policy that lets nothing in but what is from here, with a nonce that is never the same", async () => {
      const fetch = await open();
      const nonces = new Set<string>();
      for (let visit = 0; visit < 3; visit += 1) {
        const response = await fetch("/admin");
        const html = await response.text();
        const nonce = html.match(/nonce="([^"]+)"/)?.[1] ?? "";
        expect(html.split(nonce)).toHaveLength(2);
        expect(Buffer.from(nonce, "base64")).toHaveLength(18);
        expect(response.headers.get("content-security-policy")?.split("; ")).toEqual([
          "default-src 'none'",
          `script-src 'self' 'nonce-${nonce}'`,
          `style-src 'self' 'nonce-${nonce}'`,
          "img-src 'self'",
          "font-src 'self'",
          "connect-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
        ]);
        nonces.add(nonce);
      }
      expect(nonces.size).toBe(3);
    });

    test("names no other host", async () => {
      const response = await (await open())("/admin");
      const text = (await response.text()) + JSON.stringify([...response.headers]);
      expect(text).not.toMatch(/https?:|\/\/[a-z]/);
    });

    test("answers HEAD without a body", async () => {
      const response = await (await open())("/admin", { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("");
    });
  });

  describe("every answer", () => {
    test.each([
      ["of the page", "/admin", 200],
      ["of the API", "/admin/api/types", 200],
      ["that is a problem", "/admin/api/items?page=0", 400],
      ["about a confusing address", "/admin/..%2fetc", 400],
      ["of an asset", "/admin/assets/index-77aa.css", 200],
    ])(
      "%s has the headers that keep others out, and the one that the panel knows it by",
      async (_, path, status) => {
        const response = await (await open())(path);
        expect(response.status).toBe(status);
        expect(Object.fromEntries(response.headers)).toMatchObject({
          "x-frame-options": "DENY",
          "x-content-type-options": "nosniff",
          "referrer-policy": "same-origin",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "permissions-policy": expect.stringContaining("camera=()"),
          "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
          "plugbay-panel": "1",
          "cache-control": path.includes("assets") ? "public, max-age=31536000, immutable" : "no-store",
        });
        expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
      },
    );
  });

  describe("an asset", () => {
    const decoders = { br: brotliDecompressSync, gzip: gunzipSync } as const;

    test.each<[string, keyof typeof decoders | null]>([
      ["gzip, deflate, br, zstd", "br"],
      ["br;q=0.1, gzip;q=1", "br"],
      ["gzip", "gzip"],
      ["gzip;q=1.0, br;q=0", "gzip"],
      ["BR", "br"],
      ["gzip;q=0", null],
      ["identity", null],
      ["", null],
    ])("for a browser that accepts %j is encoded as %s", async (accepted, encoding) => {
      const response = await (await open())("/admin/assets/index-4f3a1c2b.js", {
        headers: { "accept-encoding": accepted },
      });
      expect(response.headers.get("content-encoding")).toBe(encoding);
      expect(response.headers.get("content-type")).toBe("text/javascript");
      expect(response.headers.get("vary")).toBe("accept-encoding");
      const bytes = Buffer.from(await response.arrayBuffer());
      expect((encoding ? decoders[encoding](bytes) : bytes).toString()).toBe(code);
    });

    test("is there for everybody, for nothing of the data is in it", async () => {
      const fetch = await open({ authorize: () => null });
      expect((await fetch("/admin/assets/index-77aa.css")).status).toBe(200);
      expect((await fetch("/assets/index-77aa.css")).status).toBe(200);
    });

    test.each([
      "/admin/assets/none.js",
      "/admin/assets/",
      "/admin/assets/constructor",
      "/admin/assets/__proto__",
      "/admin/assets/a/index-77aa.css",
    ])("that there is not, %s, is not found", async (path) => {
      const response = await (await open())(path);
      expect(response.status).toBe(404);
      expect(response.headers.get("cache-control")).toBe("no-store");
    });

    test("is for reading only", async () => {
      const response = await (await open())("/admin/assets/index-77aa.css", { method: "DELETE" });
      expect(response.status).toBe(405);
    });
  });

  describe("an address that is meant to confuse is refused:", () => {
    test.each([
      "/admin/assets/..%2f..%2fpackage.json",
      "/admin/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
      "/admin/assets/..%5c..%5cpackage.json",
      "/admin/assets/index-77aa.css%00.js",
      "/admin//api/types",
      "//admin/api/types",
      "/admin/api/types%2f",
      "/admin/%2e%2e%2fapi/types",
      `/admin/${"a".repeat(3_000)}`,
      `/admin/api/items/${"%25".repeat(1_000)}`,
    ])("%s", async (path) => {
      const response = await (await open())(path);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "INVALID_PATH" });
    });

    test.each([
      ["/admin/assets/../../package.json", 200],
      ["/admin/assets/../api/types", 200],
      ["/admin/api/../../../etc/passwd", 200],
      ["/admin/api/%zz", 404],
      ["/admin/api/items/%ff", 404],
      ["/admin/api", 404],
      ["/admin/API/types", 200],
    ])("%s is what a browser makes of it", async (path, status) => {
      const response = await (await open())(path);
      expect(response.status).toBe(status);
      // Where it is not the API's, it is the page, and no file.
      if (status === 200 && !path.endsWith("../api/types")) {
        expect(await response.text()).toContain('<div id="root">');
      }
    });

    test("a base that another path only begins with is none", async () => {
      const fetch = await open({ authorize: () => null });
      expect((await fetch("/administrator/assets/index-77aa.css")).status).toBe(401);
    });
  });

  test.each([
    ["/admin/api/types", "/api/types"],
    ["/admin/assets/index-77aa.css", "/assets/index-77aa.css"],
  ])("%s is also found where a proxy has taken the base off: %s", async (whole, stripped) => {
    const fetch = await open();
    const [one, other] = [await fetch(whole), await fetch(stripped)];
    expect(other.status).toBe(200);
    expect(await other.text()).toBe(await one.text());
  });
});
