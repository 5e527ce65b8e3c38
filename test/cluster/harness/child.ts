import { type Clock, openPlugbay, type Plugbay, type PushChannel } from "plugbay";
import { webhook } from "plugbay/alerts";
import { redis } from "plugbay/redis";
import { snapshotOf } from "../../../src/open/facade.ts";
import { systemClock } from "../../../src/time/clock.ts";
import { databaseAt } from "./databases.ts";
import { type Defined, define } from "./definitions.ts";
import type { Answer, Commands, EventReport, Message, Request } from "./protocol.ts";
import { randomChange } from "./random-change.ts";
import type { Setup } from "./setup.ts";
import { Watching } from "./watching.ts";

/** A process of an application: opens plugbay as it is told, answers commands, and tells what happens. */

let opened: { readonly plugbay: Plugbay; readonly defined: Defined } | undefined;
let watching: Watching | undefined;
let clockOffMs = 0;
const clock: Clock = { ...systemClock, now: () => Date.now() + clockOffMs };

function current() {
  if (opened === undefined) throw new Error("it was not opened");
  return opened;
}

function typeOf(name: string) {
  const type = current().defined.types.get(name);
  if (type === undefined) throw new Error(`no type is called ${name}`);
  return type;
}

function get(name: string): Answer {
  const { plugbay } = current();
  const { revision } = snapshotOf(plugbay);
  return { type: name, revision, itemId: plugbay.get(typeOf(name))?.itemId() };
}

const commands: Commands = {
  async open(setup) {
    clockOffMs = setup.clockOffMs ?? 0;
    const defined = define(setup.types);
    const push = pushOf(setup);
    const plugbay = await openPlugbay({
      ...setup.options,
      database: databaseAt(setup.database),
      clock,
      plugins: [...defined.types.values(), ...defined.plugins],
      ...(push !== undefined && { push }),
      ...(setup.webhooks && { alerts: setup.webhooks.map(webhook) }),
    });
    opened = { plugbay, defined };
    plugbay.on("change", ({ revision }) => tell({ name: "change", revision }));
    plugbay.on("live", ({ revision }) => tell({ name: "live", revision }));
    plugbay.on("stale", ({ cause }) => tell({ name: "stale", text: String(cause) }));
    plugbay.on("transport", ({ transport, reason }) => {
      tell({ name: "transport", transport, ...(reason !== undefined && { text: String(reason) }) });
    });
  },
  async close() {
    watching?.stop();
    await opened?.plugbay.close();
    opened = undefined;
  },
  get,
  state() {
    const { state } = current().plugbay;
    if (state.kind === "closed") throw new Error("it is closed");
    return {
      kind: state.kind,
      revision: state.revision,
      ageMs: state.ageMs,
      transport: state.transport,
      since: "since" in state ? state.since : undefined,
      cause: "cause" in state ? String(state.cause) : undefined,
    };
  },
  served() {
    const { plugbay, defined } = current();
    const names = [...defined.types].map(([name, type]) => [
      name,
      plugbay.getAll(type).map((instance) => instance.plugin()),
    ]);
    return Object.fromEntries(names);
  },
  items: (type) => [...current().plugbay.items(typeOf(type))],
  explain: (type) =>
    current()
      .plugbay.explain(typeOf(type))
      .map(({ item, reason }) => [item.name, reason]),
  processes: () => current().plugbay.control.processes(),
  whoKnows: (id) => current().plugbay.control.whoKnows(id),
  run: (type, refusing) =>
    current().plugbay.run(typeOf(type), (instance) => {
      const name = instance.plugin();
      if (!refusing.includes(name)) return name;
      throw Object.assign(new Error(`connect ECONNREFUSED ${name}.example.com`), { code: "ECONNREFUSED" });
    }),
  readiness(type) {
    const { plugbay } = current();
    return plugbay.items(typeOf(type)).map((item) => {
      const readiness = plugbay.readiness(item);
      return [item.name, readiness.kind, "reason" in readiness ? readiness.reason : undefined];
    });
  },
  getById: (type, id) => current().plugbay.getById(typeOf(type), id)?.plugin(),
  async hold(id, hold) {
    await current().plugbay.control.hold(id, hold, { actor: `process ${process.pid}` });
  },
  async release(id) {
    await current().plugbay.control.release(id, { actor: `process ${process.pid}` });
  },
  async updateItem(id, patch) {
    await current().plugbay.control.updateItem(id, patch, { actor: `process ${process.pid}` });
    return snapshotOf(current().plugbay).revision;
  },
  async updateAndGet(id, patch, type) {
    await commands.updateItem(id, patch);
    return get(type);
  },
  async write(count, atOnce) {
    const { plugbay, defined } = current();
    const ids = [...defined.types.values()].flatMap((type) => plugbay.items(type).map((item) => item.id));
    for (let left = count; left > 0; left -= atOnce) {
      const batch = Array.from({ length: Math.min(left, atOnce) }, () => randomChange(ids));
      await Promise.all(batch.map(({ id, patch }) => commands.updateItem(id, patch)));
    }
  },
  sync: (options) => current().plugbay.sync(options),
  refresh: () => current().plugbay.refresh(),
  stepClock(ms) {
    clockOffMs += ms;
  },
  watch() {
    watching = new Watching([...current().defined.types.keys()], get);
  },
  watched() {
    if (watching === undefined) throw new Error("it was not watching");
    return { calls: watching.calls, answers: watching.answers };
  },
};

function pushOf({ push }: Setup): PushChannel | false | undefined {
  return push === undefined || push === false ? push : redis(push.redis);
}

function tell(event: Omit<EventReport, "at">): void {
  send({ kind: "event", event: { ...event, at: Date.now() } });
}

function send(message: Message): void {
  if (process.connected) process.send?.(message);
}

async function answer({ id, command, args }: Request): Promise<void> {
  try {
    const value = await (commands[command] as (...args: readonly unknown[]) => unknown)(...args);
    send({ kind: "result", id, value });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    send({ kind: "failure", id, name, text: message });
  }
}

process.on("warning", ({ message }) => tell({ name: "warning", text: message }));
process.on("message", (request: Request) => void answer(request));
// No child outlives the tests, however they end.
process.on("disconnect", () => process.exit());
send({ kind: "ready" });
