import mysql2 from "mysql2";
import pg from "pg";
import { definePlugin, definePluginType, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { redis } from "plugbay/redis";
import { sqlite } from "plugbay/sqlite";
import { revisionOf } from "./revision-of.ts";

/** How the processes of the benchmark, and it itself, open plugbay. */
export interface ClusterSetup {
  readonly kind: "sqlite" | "postgres" | "mysql";
  readonly address: string;
  readonly redisUrl?: string | undefined;
}

export interface ProcessSetup extends ClusterSetup {
  /** How many plugbays the process opens. */
  readonly followers: number;
}

/** What a process says: that it is open, what one of its followers serves, or, when asked, what it has used so far. */
export type ClusterMessage =
  | { readonly kind: "open" }
  | { readonly kind: "served"; readonly served: readonly Served[] }
  | { readonly kind: "usage"; readonly queries: number; readonly cpuMs: number };

/** What one of the process's followers serves, and since when. */
export interface Served {
  readonly follower: number;
  readonly revision: number;
  readonly itemId: string | undefined;
  readonly at: number;
}

interface Serving {
  itemId(): string;
}

type Query = (this: unknown, ...told: unknown[]) => unknown;

export const databases = { sqlite, postgres, mysql };
export const types = Array.from({ length: 10 }, (_, index) =>
  definePluginType<Serving>({ name: `type-${index}`, manager: "bench", methods: { itemId: "required" } }),
);
/** 100 items. */
export const plugins = types.flatMap((type) =>
  Array.from({ length: 10 }, (_, priority) =>
    definePlugin(type, {
      name: `plugin-${priority}`,
      module: "bench",
      priority,
      create: ({ item }) => ({ itemId: () => item.id }),
    }),
  ),
);

/** Epoch milliseconds, comparable between the processes of one machine. */
export const now = (): number => performance.timeOrigin + performance.now();

export const pushOf = ({ redisUrl }: ClusterSetup) =>
  redisUrl === undefined ? {} : { push: redis(redisUrl) };

let queries = 0;

// Every statement that goes over a connection of this process, those that frame transactions included. A file has no
// connections: its statements are not counted.
for (const driver of [pg.Client.prototype, mysql2.PoolConnection.prototype] as { query: Query }[]) {
  const { query } = driver;
  driver.query = function (...told) {
    queries += 1;
    return query.apply(this, told);
  };
}

async function follow(setup: ProcessSetup, follower: number): Promise<void> {
  const plugbay = await openPlugbay({
    database: databases[setup.kind](setup.address),
    plugins: [...types, ...plugins],
    ...pushOf(setup),
  });
  plugbay.on("change", () => {
    const at = now();
    const [watched] = types;
    const itemId = watched && plugbay.get(watched)?.itemId();
    tell({ follower, revision: revisionOf(plugbay), itemId, at });
  });
  if (setup.kind === "postgres" || setup.redisUrl !== undefined) await untilPushed(plugbay);
}

/** The line is opened while plugbay is: its transport tells when it carries. */
async function untilPushed(plugbay: Plugbay): Promise<void> {
  const { state } = plugbay;
  if (state.kind === "closed" || state.transport !== "poll") return;
  await new Promise<void>((resolve) => plugbay.on("transport", () => resolve()));
}

async function run(setup: ProcessSetup): Promise<void> {
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    send({ kind: "usage", queries, cpuMs: (user + system) / 1_000 });
  });
  await Promise.all(Array.from({ length: setup.followers }, (_, index) => follow(setup, index)));
  send({ kind: "open" });
}

let untold: Served[] = [];

/** Later and together: telling takes time that the process's other followers need for the same change. */
function tell(served: Served): void {
  if (untold.length === 0) {
    setTimeout(() => {
      send({ kind: "served", served: untold });
      untold = [];
    }, tellingPauseMs);
  }
  untold.push(served);
}

const tellingPauseMs = 100;

const send = (message: ClusterMessage): void => void process.send?.(message);

const [setup] = process.argv.slice(2);
if (setup !== undefined && process.send !== undefined) {
  process.on("disconnect", () => process.exit());
  await run(JSON.parse(setup) as ProcessSetup);
}
