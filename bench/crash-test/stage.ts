import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definePlugin, openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { z } from "zod";
import { ChatClient } from "./chat/chat-client.ts";
import { type ChatModel, defineChat } from "./chat/chat-model.ts";
import { Checks } from "./checks.ts";
import { says } from "./provider/answers.ts";
import { Provider } from "./provider/provider.ts";
import type { Scenario, Told } from "./scenario.ts";

/** Plays a scenario with providers and a plugbay of its own. */
export async function play(scenario: Scenario): Promise<Checks> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-crash-"));
  const first = await Provider.start(scenario.first);
  const second = await Provider.start(scenario.second ?? says("hello from second"));
  const chat = defineChat(scenario.policy);
  const client = definePlugin(chat, {
    name: "chat-client",
    module: "crash-test",
    config: z.strictObject({ url: z.string(), apiKey: z.string() }),
    secrets: ["apiKey"],
    create: ({ config }): ChatModel => new ChatClient(config),
  });
  const plugbay = await openPlugbay({
    database: sqlite(join(folder, "crash-test.db")),
    plugins: [chat, client],
    migrate: true,
    keys: `crash-test:${randomBytes(32).toString("base64")}`,
  });
  const check = new Checks();
  try {
    for (const [priority, [label, { url }]] of Object.entries({ first, second }).entries()) {
      const config = { url, apiKey: `key-of-${label}` };
      await plugbay.control.createItem({ plugin: client, label, priority, config }, { actor: "crash-test" });
    }
    await scenario.act({
      plugbay,
      first,
      second,
      check,
      ask: (question, options) =>
        collect(
          plugbay.stream(
            chat,
            (model, call) => model.answer(typeof question === "string" ? { text: question } : question, call),
            options,
          ),
        ),
      explain: (label) => plugbay.explain(chat).find(({ item }) => item.label === label),
    });
  } catch (error) {
    check.that("it can be played", false, error);
  } finally {
    await end(plugbay, [first, second]);
    await rm(folder, { recursive: true, force: true });
  }
  return check;
}

async function collect(stream: AsyncIterable<string>): Promise<Told> {
  const start = performance.now();
  const parts: string[] = [];
  let error: unknown;
  try {
    for await (const part of stream) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  return { parts, text: parts.join(""), error, tookMs: performance.now() - start };
}

async function end(plugbay: Plugbay, providers: readonly Provider[]): Promise<void> {
  await Promise.all(providers.map((provider) => provider.stop()));
  await plugbay.close();
}
