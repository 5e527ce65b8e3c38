import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { definePlugin, definePluginType, type OpenOptions } from "plugbay";
import { type AlertFilter, slack, webhook } from "plugbay/alerts";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";

interface Received {
  readonly path: string;
  readonly id: string;
  readonly status: number;
  readonly body: string;
}

interface Sender {
  send(): void;
}

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const keys = `one:${Buffer.alloc(32, 1).toString("base64")}`;
const by = { actor: "alice" };
const heartbeatMs = 15_000;
const lookMs = 5_000;
/** More than what no target hears of an entry within, in milliseconds. */
const quietMs = 66_000;

const typeOf = (name: string) =>
  definePluginType<Sender>({ name, manager: `apps/${name}`, methods: { send: "required" } });
const sms = typeOf("sms");
const push = typeOf("push");

const works = () => ({ send: () => undefined });
const fails = (): Sender => {
  throw new Error("the gateway refused the key");
};
const vonage = definePlugin(sms, { name: "vonage", module: "apps/vonage", priority: 1, create: fails });
const mail = definePlugin(sms, { name: "mail", module: "apps/mail", priority: 2, create: works });
const web = definePlugin(push, { name: "web", module: "apps/web", create: fails });

/** Counts how often the process that sends alerts has looked: after each look it waits for the next. */
class LookClock extends ManualClock {
  looks = 0;

  override schedule(ms: number, callback: () => void): () => void {
    if (ms === lookMs) this.looks += 1;
    return super.schedule(ms, callback);
  }
}

/** A receiver, and a database whose time passes as the test says. */
async function place() {
  const received: Received[] = [];
  const answers = { status: 200 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status } = answers;
    const id = String(request.headers["webhook-id"] ?? "");
    received.push({ path: request.url ?? "", id, status, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bench = await Workbench.create();
  const { database } = bench;
  const clock = new LookClock();

  const open = async (plugins: Parameters<Workbench["open"]>[0], options: Partial<OpenOptions>) => {
    const plugbay = await bench.open(plugins, { clock, heartbeatMs, keys, ...options });
    await expect.poll(() => clock.looks, { interval: 5 }).toBe(1);
    return plugbay;
  };

  /** Lets the process that sends alerts look once, to the end. */
  async function look(): Promise<void> {
    const wanted = clock.looks + 1;
    await clock.advance(lookMs);
    await expect.poll(() => clock.looks, { interval: 5 }).toBe(wanted);
  }

  const deliveries = async () => {
    const rows = await database.db.selectFrom("plugbay_alert").select(["id", "state"]).execute();
    return rows.map(({ id, state }) => ({ id: String(id), state: JSON.parse(String(state)) }));
  };

  /** As if so much of the database's time had passed: what was noted of deliveries lies back by it. */
  async function pass(ms: number): Promise<void> {
    for (const { id, state } of await deliveries()) {
      const { attempt } = state;
      const back = {
        ...state,
        quietUntil: state.quietUntil - ms,
        ...(attempt && {
          attempt: { ...attempt, begunAt: attempt.begunAt - ms, nextAt: attempt.nextAt - ms },
        }),
      };
      await database.db
        .updateTable("plugbay_alert")
        .set({ state: JSON.stringify(back) })
        .where("id", "=", id)
        .execute();
    }
  }

  return { bench, received, answers, url, open, look, pass, deliveries };
}

/** What a path of the receiver was told of: the codes of entries, with their types. */
const codesAt = (received: readonly Received[], path: string): string[] =>
  received
    .filter((one) => one.path === path)
    .map(({ body }) => JSON.parse(body).data.entry)
    .map(({ code, type }) => (type ? `${code} of ${type.name}` : code))
    .sort();

test("a target is told of what is grave enough and of its types, not of what is only one of these", async () => {
  collectWarnings();
  const { bench, received, url, open, look } = await place();
  const plugins = [sms, vonage, push, web];
  await bench.open(plugins, { heartbeatMs, version: "1.1" });
  const filters: Readonly<Record<string, AlertFilter>> = {
    "/critical-sms": { gravity: "critical", types: [sms] },
    "/sms": { types: [sms] },
    "/critical": { gravity: "critical" },
    "/info-push": { gravity: "info", types: [push] },
    "/info": { gravity: "info" },
  };
  const alerts = Object.entries(filters).map(([path, on]) => webhook({ url: url + path, secret, on }));
  await open(plugins, { version: "1.0", alerts });
  await look();
  await look();
  const told = Object.fromEntries(Object.keys(filters).map((path) => [path, codesAt(received, path)]));
  expect(told).toEqual({
    "/critical-sms": ["unserved of sms"],
    "/sms": ["item-failed of sms", "unserved of sms"],
    "/critical": ["unserved of push", "unserved of sms"],
    "/info-push": ["item-failed of push", "unserved of push"],
    "/info": [
      ...["item-failed of push", "item-failed of sms"],
      ...["unserved of push", "unserved of sms", "versions-differ"],
    ],
  });
});

test("Slack is told that an entry has ended, what it was, and from when to when", async () => {
  collectWarnings();
  const { received, url, open, look, pass } = await place();
  const panelUrl = "https://example.com/admin/plugins";
  const plugbay = await open([sms, vonage, mail], { alerts: [slack({ url, panelUrl })] });
  await look();
  expect(received.map(({ body }) => JSON.parse(body).text).join()).not.toContain("Ended");
  expect(received).toHaveLength(2);
  const [item] = plugbay.items(sms).filter(({ name }) => name === "vonage");
  await plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, by);
  await pass(quietMs);
  await look();
  await look();
  const ended = received.slice(2).map(({ body }) => JSON.parse(body));
  expect(ended.map(({ text }) => text).sort()).toEqual([
    expect.stringMatching(/^:white_check_mark: Ended: .*apps\/vonage:vonage.*the gateway refused the key$/),
    expect.stringMatching(/^:white_check_mark: Ended: .*apps\/mail:mail.*$/),
  ]);
  for (const { blocks } of ended) {
    expect(blocks[0].text.text).toMatch(/\nFrom 2030-01-01T\S+Z to 20\d\d-\S+Z\.\n/);
    expect(blocks[0].text.text).toMatch(
      /<https:\/\/example\.com\/admin\/plugins\/\w+\/\S+\|Open the panel>$/,
    );
  }
});

test("of a change of a secret Slack and a webhook are told who changed what and why, and not the secret", async () => {
  const { received, url, open, look, pass } = await place();
  const gateway = definePlugin(sms, {
    ...{ name: "gateway", module: "apps/gateway", secrets: ["token"] },
    config: z.object({ token: z.string() }),
    create: works,
  });
  const on = { changes: true };
  const alerts = [slack({ url: `${url}/slack`, on }), webhook({ url: `${url}/hook`, secret, on })];
  const plugbay = await open([sms, mail, gateway], { alerts });
  const tokens = ["canary/7c1e9a+5b3d", "canary/0f2b8c+6a4e"];
  const forms = tokens.flatMap((one) => [
    ...[one, encodeURIComponent(one), JSON.stringify(one).slice(1, -1)],
    Buffer.from(one).toString("base64"),
  ]);
  const identity = { type: sms, module: "apps/gateway", name: "gateway" };
  const { id } = await plugbay.control.createItem({ ...identity, config: { token: tokens[0] ?? "" } }, by);
  await look();
  await pass(quietMs);
  await plugbay.control.updateItem(id, { config: { token: tokens[1] ?? "" } }, { ...by, reason: "a leak" });
  await look();

  const bodies = received.map(({ body }) => body);
  expect(received.map(({ path }) => path).sort()).toEqual(["/hook", "/hook", "/slack", "/slack"]);
  expect(
    bodies.filter((body) => body.includes("alice") && body.includes("apps/gateway:gateway")),
  ).toHaveLength(4);
  expect(bodies.filter((body) => body.includes("a leak"))).toHaveLength(2);
  const [, changed] = received.filter(({ path }) => path === "/hook").map(({ body }) => JSON.parse(body));
  expect(changed.data.changes).toMatchObject([{ action: "update", fields: ["config"] }]);
  for (const form of forms) expect(bodies.join("\n")).not.toContain(form);
});

test("a target that answers 500 is tried again with growing pauses, and hears once at last", async () => {
  const warnings = collectWarnings();
  const { received, answers, url, open, look, pass, deliveries } = await place();
  answers.status = 500;
  await open([push, web], { alerts: [webhook({ url, secret, on: { gravity: "critical" } })] });
  await look();
  const pauses: number[] = [];
  for (let tries = 1; tries <= 10; tries += 1) {
    expect(received).toHaveLength(tries);
    const [{ state } = { state: {} }] = await deliveries();
    const pause = state.attempt.nextAt - Date.now();
    pauses.push(pause);
    await pass(pause - 10_000);
    await look();
    expect(received).toHaveLength(tries);
    if (tries === 10) answers.status = 200;
    await pass(10_001);
    await look();
  }
  expect(pauses[0]).toBeLessThan(quietMs);
  // From what no target hears twice within, they double up to an hour, each by chance a part of it.
  expect(pauses.slice(5)).toEqual(pauses.slice(5).sort((one, other) => one - other));
  expect(pauses.at(-1)).toBeGreaterThan(10 * (pauses[0] ?? 0));
  expect(pauses.at(-1)).toBeLessThanOrEqual(3_600_000);
  expect(received.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 500), 200]);
  expect(new Set(received.map(({ id }) => id)).size).toBe(1);
  await pass(3_600_000);
  await look();
  expect(received).toHaveLength(11);
  expect(warnings.join()).toMatch(
    /an alert could not be sent to webhook 127\.0\.0\.1:\d+, and is tried again/,
  );
});
