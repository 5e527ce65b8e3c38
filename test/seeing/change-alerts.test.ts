import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { definePlugin, definePluginType } from "plugbay";
import { type AlertFilter, webhook } from "plugbay/alerts";
import { expect, onTestFinished, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { openStore } from "../../src/open/open-plugbay.ts";
import { ChangeAlerts } from "../../src/seeing/alerts/change-alerts.ts";
import { Notes } from "../../src/store/notes.ts";
import { otp, Sender } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { Workbench } from "../runtime/workbench.ts";

interface Message {
  readonly data: {
    readonly changes: readonly {
      readonly revision: number;
      readonly actor: string;
      readonly reason: string;
    }[];
    readonly more: number;
  };
}

const minuteMs = 65_000;

const push = definePluginType<{ push(): string }>({
  ...{ name: "push", manager: "apps/push", methods: { push: "required" } },
});

async function open(filters: readonly AlertFilter[] = [{ changes: true }]) {
  const messages: Message[] = [];
  const answers = { status: 200 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    messages.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(answers.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const bench = await Workbench.create();
  const names = Array.from({ length: 60 }, (_, place) => `sms${place}`);
  const plugbay = await bench.open([
    otp,
    ...names.map((name) => definePlugin(otp, { name, module: "apps/sms", create: () => new Sender(name) })),
    push,
    definePlugin(push, { name: "web-push", module: "apps/push", create: () => ({ push: () => "" }) }),
  ]);
  const store = openStore({ database: bench.database.db, plugins: [], clock: bench.clock });
  await store.connect();
  const notes = store.register((place) => new Notes(place, "alert"));
  const targets = filters.map((on) => webhook({ url, secret, on }));
  const alerts = new ChangeAlerts(
    { targets, store, clock: bench.clock, snapshot: () => snapshotOf(plugbay) },
    notes,
  );
  let now = 0;
  const look = async (afterMs = minuteMs): Promise<Message | undefined> => {
    now += afterMs;
    const before = messages.length;
    await alerts.tell(new Map((await notes.all()).map((note) => [note.id, note])), now);
    return messages.slice(before).at(-1);
  };
  await look();
  const ids = plugbay.items(otp).map(({ id }) => id);
  const disable = (some: readonly string[], actor: string) =>
    plugbay.control.bulk(some, "disable", { actor, reason: "maintenance" });
  const [pushId = ""] = plugbay.items(push).map(({ id }) => id);
  return { look, ids, pushId, disable, answers };
}

test("changes are told with who and why, once, and what came before the first look is not", async () => {
  const { look, ids, disable } = await open();
  await disable(ids.slice(0, 2), "alice");
  const told = await look();
  expect(told?.data.changes).toMatchObject([
    { actor: "alice", reason: "maintenance" },
    { actor: "alice", reason: "maintenance" },
  ]);
  expect(told?.data.more).toBe(0);
  expect(await look()).toBeUndefined();
});

test("a change that a message has no room for waits for the next, and none is lost", async () => {
  const { look, ids, disable } = await open();
  await disable(ids.slice(0, 30), "alice");
  await disable(ids.slice(30, 59), "bob");
  const actors = async () => (await look())?.data.changes.map(({ actor }) => actor) ?? [];
  expect(await actors()).toEqual(Array.from({ length: 30 }, () => "alice"));
  expect(await actors()).toEqual(Array.from({ length: 29 }, () => "bob"));
  expect(await actors()).toEqual([]);
});

test("of one change that is larger than a message the first are told, and how many more there are", async () => {
  const { look, ids, disable } = await open();
  await disable(ids, "alice");
  const told = await look();
  expect(told?.data.changes).toHaveLength(50);
  expect(told?.data.more).toBe(10);
  expect(await look()).toBeUndefined();
});

test("changes are told again with growing pauses to a receiver that fails, with what came meanwhile", async () => {
  const warnings = collectWarnings();
  const { look, ids, disable, answers } = await open();
  answers.status = 503;
  await disable(ids.slice(0, 1), "alice");
  let tries = 0;
  for (let minute = 0; minute < 120; minute += 1) if (await look()) tries += 1;
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(20);
  expect(warnings.join()).toMatch(/changes could not be told to webhook 127\.0\.0\.1/);
  answers.status = 200;
  await disable(ids.slice(1, 2), "bob");
  const told = await look(3_600_000);
  expect(told?.data.changes.map(({ actor }) => actor)).toEqual(["alice", "bob"]);
  expect(await look()).toBeUndefined();
});

test("what no message told for a day is dropped with a warning, and later changes are told", async () => {
  const warnings = collectWarnings();
  const { look, ids, disable, answers } = await open();
  answers.status = 503;
  await disable(ids.slice(0, 1), "alice");
  for (let hour = 0; hour < 24; hour += 1) expect(await look(3_600_001)).toBeDefined();
  answers.status = 200;
  expect(await look(3_600_001)).toBeUndefined();
  expect(warnings.join()).toMatch(/not told to webhook 127\.0\.0\.1:\d+ any more/);
  await disable(ids.slice(1, 2), "bob");
  expect((await look())?.data.changes.map(({ actor }) => actor)).toEqual(["bob"]);
});

test("targets with one address are each told of the changes to their own types", async () => {
  const { look, ids, pushId, disable } = await open([
    { changes: true, types: [otp] },
    { changes: true, types: [push] },
  ]);
  await disable([pushId], "alice");
  expect((await look())?.data.changes.map(({ actor }) => actor)).toEqual(["alice"]);
  await disable(ids.slice(0, 1), "bob");
  expect((await look())?.data.changes.map(({ actor }) => actor)).toEqual(["bob"]);
  expect(await look()).toBeUndefined();
});
