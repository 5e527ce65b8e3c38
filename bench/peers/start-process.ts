import { flagNames } from "./flag-server.ts";

/** What one process is to start, and with how many items. */
export interface StartSetup {
  readonly kind: keyof typeof starts;
  readonly items: number;
  /** Of the database, or of the server that knows the flags. */
  readonly address: string;
}

/** What it took, in a process that does nothing else. */
export interface Started {
  /** Milliseconds of the import alone. */
  readonly importMs: number;
  /** Milliseconds from the import's end to the first answer; of plugbay, with what declares the plugins. */
  readonly answerMs: number;
  /** Megabytes of the heap, after a collection, above what they were before the import. */
  readonly heapMb: number;
  /** Nanoseconds of an answer, once warm. */
  readonly lookupNs: number;
}

/** Answers for one of the `items / 10` names; a promise where the SDK gives one. */
type Answer = (index: number) => unknown;

/** Imports, and gives what starts: two steps, for each is measured on its own. */
type Start = () => Promise<(setup: StartSetup) => Promise<Answer>>;

const starts = {
  plugbaySqlite: async () => {
    const { sqlite } = await import("plugbay/sqlite");
    return startPlugbay(await import("plugbay"), sqlite);
  },
  plugbayPostgres: async () => {
    const { postgres } = await import("plugbay/postgres");
    return startPlugbay(await import("plugbay"), postgres);
  },
  unleash: async () => {
    const { startUnleash } = await import("unleash-client");
    return async ({ address, items }) => {
      const names = flagNames(items);
      const unleash = await startUnleash({
        url: `${address}/api/`,
        appName: "bench",
        disableMetrics: true,
        // Nothing of the round before: an SDK that finds its backup would start from it.
        storageProvider: { get: async () => undefined, set: async () => undefined },
      });
      return (index) => unleash.getVariant(names[index] ?? "", { userId: "42" }).name;
    };
  },
  growthbook: async () => {
    const { GrowthBookClient } = await import("@growthbook/growthbook");
    return async ({ address, items }) => {
      const names = flagNames(items);
      const growthbook = new GrowthBookClient({ apiHost: address, clientKey: "bench" });
      const { success } = await growthbook.init({ timeout: 60_000 });
      if (!success) throw new Error("GrowthBook did not load its flags");
      return (index) => growthbook.getFeatureValue(names[index] ?? "", "", { attributes: { id: "42" } });
    };
  },
  launchdarkly: async () => {
    const { init } = await import("@launchdarkly/node-server-sdk");
    return async ({ address, items }) => {
      const names = flagNames(items);
      const client = init("bench", {
        ...{ streamUri: address, baseUri: address, eventsUri: address },
        sendEvents: false,
        diagnosticOptOut: true,
        logger: { error: console.error, warn() {}, info() {}, debug() {} },
      });
      await client.waitForInitialization({ timeout: 60 });
      const context = { kind: "user", key: "42" };
      return (index) => client.variation(names[index] ?? "", context, "");
    };
  },
} satisfies Record<string, Start>;

/** As many types as the SDKs have flags, with ten plugins each. */
async function startPlugbay(
  { openPlugbay }: typeof import("plugbay"),
  database: (address: string) => import("plugbay").Database,
): Promise<(setup: StartSetup) => Promise<Answer>> {
  const { makeDefinitions } = await import("../definitions.ts");
  return async ({ address, items }) => {
    const { types, all } = makeDefinitions(items / 10, items);
    const plugbay = await openPlugbay({ database: database(address), plugins: all });
    return (index) => {
      const type = types[index];
      return type && plugbay.get(type);
    };
  };
}

async function run(setup: StartSetup): Promise<Started> {
  const heap = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = heap();
  const begun = performance.now();
  const start = await starts[setup.kind]();
  const imported = performance.now();
  const answer = await start(setup);
  const first = await answer(0);
  const answered = performance.now();
  if (first === undefined || first === "") throw new Error(`${setup.kind} does not answer`);
  return {
    importMs: imported - begun,
    answerMs: answered - imported,
    heapMb: heap() - before,
    lookupNs: await lookupNs(answer, setup.items / 10),
  };
}

const lookups = 200_000;

/** The fastest of some rounds: what disturbs one is not of the SDK. */
async function lookupNs(answer: Answer, names: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    for (let call = 0; call < lookups; call += 1) {
      const answered = answer((call * 7_919) % names);
      if (answered instanceof Promise) await answered;
    }
    fastest = Math.min(fastest, ((performance.now() - begun) * 1e6) / lookups);
  }
  return fastest;
}

const [setup] = process.argv.slice(2);
if (setup !== undefined && process.send !== undefined) {
  process.send(await run(JSON.parse(setup) as StartSetup), () => process.exit());
}
