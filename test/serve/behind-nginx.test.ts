import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { json, text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { blocksOf } from "../ecosystem/documents/blocks.ts";
import { password, secret } from "./credentials.ts";
import { nginx, TlsProxy } from "./nginx.ts";
import { Workplace } from "./workplace.ts";

const page = await readFile(new URL("../../docs/serve.md", import.meta.url), "utf8");
const blocks = blocksOf(page).filter(({ section }) => section === "Behind TLS");
const command = blocks.find(({ language }) => language === "")?.text ?? "";
const location = blocks.find(({ language }) => language === "nginx")?.text ?? "";

test.skipIf(nginx === undefined)(
  "behind nginx as docs/serve.md has it, people sign in, count by their own addresses, and hear of changes",
  async () => {
    const operands = command.trim().replace("npx plugbay serve ", "").split(" ");
    const { origin, host } = new URL(operands[operands.indexOf("--public-url") + 1] ?? "");
    await using workplace = await Workplace.ready({ secret });
    await workplace.someone("editor", "ada@example.com");
    await using panel = await workplace.start(...operands);
    expect(panel.url).toBe(`${origin}/`);
    expect(location).toContain("127.0.0.1:4100");
    const here = location.replace("127.0.0.1:4100", new URL(panel.origin).host);
    await using proxy = await TlsProxy.start(nginx ?? "", host, here);

    const atDoor = await proxy.open("/items", { headers: { accept: "text/html" } });
    expect(atDoor).toMatchObject({ statusCode: 303, headers: { location: "/sign-in?next=%2Fitems" } });
    expect(await text(await proxy.open("/sign-in"))).toMatch(/^<!doctype html>/i);

    // All but the last address is what the client says of itself.
    const signIn = async (localAddress: string, word: string, forged: string) => {
      const response = await proxy.open("/sign-in", {
        method: "POST",
        localAddress,
        headers: {
          origin,
          "sec-fetch-site": "same-origin",
          "content-type": "application/x-www-form-urlencoded",
          "x-forwarded-for": forged,
        },
        body: `${new URLSearchParams({ email: `${forged}@example.com`, password: word })}`,
      });
      response.resume();
      return response;
    };
    for (let guess = 1; guess <= 5; guess += 1)
      expect((await signIn("127.0.0.2", "guess", `198.51.100.${guess}`)).statusCode).toBe(401);
    expect((await signIn("127.0.0.2", "guess", "198.51.100.6")).statusCode).toBe(429);

    const signedIn = await signIn("127.0.0.3", password, "ada");
    expect(signedIn.statusCode).toBe(303);
    const cookies = signedIn.headers["set-cookie"] ?? [];
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-.*; Secure/);
    const cookie = cookies.map((line) => line.split(";")[0]).join("; ");
    const api = (path: string) =>
      proxy.open(`/api/${path}`, { headers: { cookie, accept: "application/json" } });
    expect(await json(await api("session"))).toMatchObject({ actor: "ada@example.com", access: "write" });

    const events = await proxy.open("/api/events", { headers: { cookie, accept: "text/event-stream" } });
    events.setEncoding("utf8");
    let heard = String((await once(events, "data"))[0]);
    events.on("data", (chunk) => {
      heard += chunk;
    });
    const { items } = (await json(await api("items"))) as { items: { id: string; version: number }[] };
    const changed = await proxy.open(`/api/items/${items[0]?.id}`, {
      method: "PATCH",
      headers: { cookie, origin, "sec-fetch-site": "same-origin", "content-type": "application/json" },
      body: JSON.stringify({ priority: 77, version: items[0]?.version }),
    });
    expect({ status: changed.statusCode, body: await json(changed) }).toMatchObject({ status: 200 });
    await expect.poll(() => heard).toContain("event: change");
    events.destroy();
  },
);
