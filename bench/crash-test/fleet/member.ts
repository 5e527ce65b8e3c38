import { type Database, definePlugin, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { redis } from "plugbay/redis";
import { sqlite } from "plugbay/sqlite";
import type { ClusterSetup } from "../../cluster-process.ts";
import { ChatClient } from "../chat/chat-client.ts";
import { defineChat } from "../chat/chat-model.ts";

/** How each process of the fleet opens plugbay, and whom it asks. */
export interface MemberSetup extends ClusterSetup {
  readonly name: string;
  readonly callEveryMs: number;
  readonly coolingMs: number;
  readonly urls: Readonly<Record<"first" | "second", string>>;
}

const databases: Readonly<Record<ClusterSetup["kind"], (address: string) => Database>> = {
  sqlite,
  postgres,
  mysql,
};

export const defineFleetChat = (coolingMs: number) =>
  defineChat({ timeoutMs: 2_000, circuit: { failures: 5, coolingMs, maxCoolingMs: coolingMs } });

/** `name` is what its requests are known by at the providers. */
export function openMember(
  setup: Omit<MemberSetup, "callEveryMs">,
  chat: ReturnType<typeof defineFleetChat>,
): Promise<Plugbay> {
  const { kind, address, redisUrl, name, urls } = setup;
  const client = (provider: "first" | "second", priority: number) =>
    definePlugin(chat, {
      name: provider,
      module: "crash-test",
      priority,
      create: () => new ChatClient({ url: urls[provider], apiKey: name }),
    });
  return openPlugbay({
    database: databases[kind](address),
    plugins: [chat, client("first", 1), client("second", 2)],
    ...(redisUrl === undefined ? {} : { push: redis(redisUrl) }),
    migrate: true,
  });
}
