import { createServer } from "node:http";
import express from "express";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { sqlite } from "plugbay/sqlite";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import type { Problem } from "../../src/admin/contract/contract.ts";
import { exactNumbers, numbersHeader } from "../../src/admin/input/numbers-header.ts";
import { Client } from "./client.ts";
import { listening } from "./host.ts";

const type = definePluginType<{ send(): void }>({ name: "t", manager: "m", methods: { send: "required" } });
const plugin = definePlugin(type, {
  name: "p",
  module: "m",
  config: z.object({ chat: z.number().default(0) }),
  create: () => ({ send: () => undefined }),
});

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** Express with an item, and with a body parser in front of the panel or without one. */
async function start(...parsers: express.RequestHandler[]) {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [type, plugin] });
  const admin = createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "write" }) });
  const app = express();
  app.use("/admin", ...parsers, toExpress(admin, { path: "/admin" }));
  const host = await listening(createServer(app));
  const client = new Client(host.port);
  endings.push(
    host.close,
    () => client.close(),
    () => plugbay.close(),
  );
  const item = () => plugbay.items(type)[0];
  const send = async (chat: string, headers: Record<string, string> = {}) => {
    const answer = await client.ask(`/admin/api/items/${item()?.id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", ...headers },
      body: `{"version":${item()?.version},"config":{"chat":${chat}}}`,
    });
    return { status: answer.status, config: item()?.config, detail: answer.json<Partial<Problem>>().detail };
  };
  return { send };
}

test("a large integer that a body parser of the host may have rounded is refused", async () => {
  const { send } = await start(express.json());
  for (const chat of ["12345678901234567891", "12345678901234567000"]) {
    expect(await send(chat)).toEqual({
      status: 400,
      config: null,
      detail: expect.stringMatching(/^\/config\/chat is an integer that a body parser .* may have rounded/),
    });
  }
  expect(await send("9007199254740991")).toMatchObject({ status: 200, config: { chat: 9007199254740991 } });
});

test("a large integer of a client whose numbers are JavaScript's is taken", async () => {
  const { send } = await start(express.json());
  const sent = await send("100000000000000000000", { [numbersHeader]: exactNumbers });
  expect(sent).toMatchObject({ status: 200, config: { chat: 1e20 } });
});

test("a large integer that reaches the panel as it was sent goes by its digits", async () => {
  for (const parsers of [[], [express.raw({ type: "application/json" })]]) {
    const { send } = await start(...parsers);
    expect(await send("12345678901234567891")).toMatchObject({ status: 400, config: null });
    const kept = await send("12345678901234567000");
    expect(kept).toMatchObject({ status: 200, config: { chat: 12345678901234567000 } });
  }
});
