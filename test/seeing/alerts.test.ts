import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { slack, webhook } from "plugbay/alerts";
import { sqlite } from "plugbay/sqlite";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { afterRequest, nextStep } from "../../src/seeing/alerts/delivery.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function receiver() {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    received.push({ path: request.url ?? "", headers, body: Buffer.concat(chunks).toString() });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("what fails is told a webhook, signed, and a channel of Slack, once by one process of two", async () => {
  collectWarnings();
  const { received, url } = await receiver();
  const folder = await mkdtemp(join(tmpdir(), "plugbay-alerts-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sms = definePluginType<{ send(): void }>({
    name: "sms",
    manager: "apps/a",
    methods: { send: "required" },
  });
  const vonage = definePlugin(sms, {
    ...{ name: "vonage", module: "apps/<a>" },
    create: (): { send(): void } => {
      throw new Error("the gateway refused the key");
    },
  });
  const alerts = [webhook({ url: `${url}/hook`, secret }), slack({ url: `${url}/slack-T0KEN` })];
  for (const _ of [1, 2]) {
    const plugbay = await openPlugbay({
      database: sqlite(join(folder, "app.db")),
      plugins: [sms, vonage],
      alerts,
    });
    onTestFinished(() => plugbay.close());
  }
  const codes = () =>
    received.flatMap(({ path, headers, body }) =>
      path === "/hook"
        ? (new Webhook(secret).verify(body, headers) as { data: { entry: { code: string } } }).data.entry.code
        : [],
    );
  await expect.poll(() => codes().sort(), { timeout: 30_000 }).toEqual(["item-failed", "unserved"]);
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(codes()).toHaveLength(2);
  const told = received.filter(({ path }) => path === "/slack-T0KEN").map(({ body }) => body);
  expect(told).toHaveLength(2);
  expect(told.join()).toContain("apps/&lt;a&gt;:vonage");
  expect(received.map(({ body }) => body).join()).not.toMatch(/T0KEN|whsec_/);
});

test("no entry is told twice a minute: what comes in between is told by how it ended", () => {
  const id = () => "id";
  const first = nextStep(undefined, "new", 0, id);
  if (first.kind !== "send") throw new Error("it is not sent");
  const told = afterRequest(first.delivery, "sent", 10, () => 1);
  expect(nextStep(told, "new", 20, id)).toEqual({ kind: "none" });
  expect(nextStep(told, "ended", 59_000, id)).toEqual({ kind: "none" });
  expect(nextStep(told, "ended", 65_000, id)).toMatchObject({ kind: "send" });
});

test("a request whose outcome nobody knows is repeated under the same id, no sooner than a minute later", () => {
  let made = 0;
  const id = () => `id ${++made}`;
  const first = nextStep(undefined, "new", 0, id);
  if (first.kind !== "send") throw new Error("it is not sent");
  expect(nextStep(first.delivery, "new", 60_000, id)).toEqual({ kind: "none" });
  expect(nextStep(first.delivery, "new", 65_000, id)).toMatchObject({ kind: "send", id: "id 1" });
  const failed = afterRequest(first.delivery, "failed", 100, () => 1);
  expect(nextStep(failed, "new", 64_000, id)).toEqual({ kind: "none" });
  const unsent = afterRequest(first.delivery, "unsent", 100, () => 1);
  expect(nextStep(unsent, "new", 5_100, id)).toMatchObject({ kind: "send", id: "id 1" });
  expect(nextStep(unsent, "new", 90_000_000, id)).toMatchObject({ kind: "give-up" });
});
