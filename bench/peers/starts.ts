import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openPlugbay } from "plugbay";
import type { Servers } from "../../test/servers/start-servers.ts";
import { clusters } from "../cluster-kinds.ts";
import { databases } from "../cluster-process.ts";
import { makeDefinitions } from "../definitions.ts";
import { median } from "../report.ts";
import { startFlagServer } from "./flag-server.ts";
import type { Started, StartSetup } from "./start-process.ts";

export const sizes = [10, 1_000, 100_000] as const;
export type Size = (typeof sizes)[number];
export type Kind = StartSetup["kind"];

const rounds = 3;

/** What each of them takes to start at each size, in processes that take turns: the medians. */
export async function measureStarts(urls: Servers["urls"]): Promise<Map<Kind, Map<Size, Started>>> {
  const figures = new Map<Kind, Map<Size, Started>>();
  for (const size of sizes) {
    const { addresses, close } = await prepare(urls, size);
    const samples = new Map<Kind, Started[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, address] of addresses) {
        const taken = samples.get(kind) ?? [];
        samples.set(kind, taken);
        taken.push(await start({ kind, items: size, address }));
      }
    }
    for (const [kind, taken] of samples) {
      const ofKind = figures.get(kind) ?? new Map<Size, Started>();
      figures.set(kind, ofKind.set(size, middle(taken)));
    }
    await close();
  }
  return figures;
}

/** Databases that hold the items already, and a server that knows as many variants. */
async function prepare(urls: Servers["urls"], items: number) {
  const flags = await startFlagServer(items);
  const addresses = new Map<Kind, string>();
  const drops = [flags.close];
  for (const store of clusters(urls).filter(({ name }) => !name.startsWith("MariaDB"))) {
    const { kind, address, drop } = await store.fresh();
    drops.push(drop);
    const plugins = makeDefinitions(items / 10, items).all;
    await (await openPlugbay({ database: databases[kind](address), plugins, migrate: true })).close();
    addresses.set(kind === "sqlite" ? "plugbaySqlite" : "plugbayPostgres", address);
  }
  for (const kind of ["unleash", "growthbook", "launchdarkly"] as const) addresses.set(kind, flags.url);
  return { addresses, close: async () => void (await Promise.all(drops.map((drop) => drop()))) };
}

async function start(setup: StartSetup): Promise<Started> {
  const program = fileURLToPath(new URL("start-process.js", import.meta.url));
  const child = fork(program, [JSON.stringify(setup)], {
    execArgv: ["--expose-gc", "--no-warnings", "--max-old-space-size=4096"],
  });
  const told = once(child, "message").then(([started]) => started as Started);
  const ended = once(child, "exit").then(() => undefined);
  const started = await Promise.race([told, ended]);
  if (started === undefined) throw new Error(`${setup.kind} ended before it answered`);
  await ended;
  return started;
}

const middle = (taken: readonly Started[]): Started => ({
  importMs: median(taken.map(({ importMs }) => importMs)),
  answerMs: median(taken.map(({ answerMs }) => answerMs)),
  heapMb: median(taken.map(({ heapMb }) => heapMb)),
  lookupNs: median(taken.map(({ lookupNs }) => lookupNs)),
});
