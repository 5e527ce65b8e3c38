import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Servers } from "../../test/servers/start-servers.ts";
import { type ClusterKind, clusters } from "../cluster-kinds.ts";
import { now } from "../cluster-process.ts";
import { Reader } from "../cluster-reader.ts";
import { Writer } from "../cluster-writer.ts";
import { median } from "../report.ts";
import { startFlagServer } from "./flag-server.ts";
import type { Followed } from "./unleash-process.ts";

/** Milliseconds from a change to the changed answer in another process. */
export interface Delay {
  readonly half: number;
  readonly most: number;
  readonly changes: number;
}

const changes = 12;
const itemCount = 100;

/** A change in one process on its way to another, with each SDK's own defaults, and Unleash asked every second too. */
export async function measurePropagation(urls: Servers["urls"]): Promise<Map<string, Delay>> {
  const delays = new Map<string, Delay>();
  for (const kind of clusters(urls)) delays.set(`plugbay: ${kind.name}`, await ofPlugbay(kind));
  delays.set("Unleash: polling every second", await ofUnleash(1_000));
  delays.set("Unleash: polling as it does by default", await ofUnleash(undefined));
  return delays;
}

async function ofPlugbay(kind: ClusterKind): Promise<Delay> {
  const setup = await kind.fresh();
  const writer = await Writer.open(setup);
  const reader = await Reader.start(setup, 1);
  const taken: number[] = [];
  // The first one is not measured: it finds code that was not compiled yet.
  for (let change = 0; change <= changes; change += 1) {
    await sleep(Math.random() * 1_000);
    const { revision, committedAt } = await writer.promoteNext();
    const [at = Number.NaN] = await reader.served(revision);
    if (change > 0) taken.push(at - committedAt);
  }
  await reader.stop();
  await writer.close();
  await setup.drop();
  return delayOf(taken);
}

async function ofUnleash(refreshMs: number | undefined): Promise<Delay> {
  const server = await startFlagServer(itemCount);
  const program = fileURLToPath(new URL("unleash-process.js", import.meta.url));
  const child = fork(program, [server.url, ...(refreshMs === undefined ? [] : [String(refreshMs)])]);
  await next(child);
  const taken: number[] = [];
  for (let change = 0; change <= changes; change += 1) {
    const variant = `variant-${1 + (change % 9)}`;
    await sleep(Math.random() * (refreshMs ?? unleashMs));
    const told = next(child);
    const changedAt = now();
    server.serve(variant);
    const followed = await told;
    if (followed.variant !== variant) throw new Error("Unleash serves another variant");
    if (change > 0) taken.push(followed.at - changedAt);
  }
  child.disconnect();
  await once(child, "exit");
  await server.close();
  return delayOf(taken);
}

/** The interval of unleash-client where none is told, by its documentation: only for how long to wait between changes. */
const unleashMs = 15_000;

async function next(child: ChildProcess): Promise<Followed> {
  const [message] = await once(child, "message");
  return message as Followed;
}

const delayOf = (taken: readonly number[]): Delay => ({
  half: median(taken),
  most: Math.max(...taken),
  changes: taken.length,
});
