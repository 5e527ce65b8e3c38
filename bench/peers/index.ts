import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startServers } from "../../test/servers/start-servers.ts";
import { type CallFigures, measureCalls } from "./calls.ts";
import { type Curve, drawCurves } from "./curve.ts";
import { measureLookups } from "./lookups.ts";
import { fillIn, surroundings, table } from "./page.ts";
import { type Delay, measurePropagation } from "./propagation.ts";
import type { Started } from "./start-process.ts";
import { type Kind, measureStarts, type Size, sizes } from "./starts.ts";

// plugbay beside what else would be used, in one run; the figures are written into docs/peers.md.

/** Of the repository, where `bench/out/bench/peers` is what runs. */
const docs = fileURLToPath(new URL("../../../../docs/", import.meta.url));
const headOfSizes = sizes.map((size) => `${size.toLocaleString("en")} items`);
const names: Record<Kind, string> = {
  plugbaySqlite: "plugbay, SQLite",
  plugbayPostgres: "plugbay, PostgreSQL",
  unleash: "Unleash",
  growthbook: "GrowthBook",
  launchdarkly: "LaunchDarkly",
};

const versions = await surroundings([
  ...["plugbay", "awilix", "tsyringe", "cockatiel", "opossum"],
  ...["unleash-client", "@growthbook/growthbook", "@launchdarkly/node-server-sdk"],
]);
console.log(`${versions}\n`);
const figures: Record<string, string> = { versions };

const lookups = await measureLookups();
const bare = lookups.get("Map.get") ?? new Map<Size, number>();
show(
  "look-ups",
  table(
    ["A look-up", ...headOfSizes],
    [...lookups].map(([name, ns]) => [
      name,
      ...sizes.map((size) => `${digits(ns.get(size))} ns, ${times(ns.get(size), bare.get(size))}`),
    ]),
  ),
);

const calls = await measureCalls();
const ofPlugbay = calls.get("plugbay.run");
const callCell = (figure: keyof CallFigures, one: CallFigures): string =>
  `${one[figure].toFixed(2)} µs, ${times(one[figure], ofPlugbay?.[figure])}`;
show(
  "calls",
  table(
    ["A call", "plain", "with a time-out"],
    [...calls].map(([name, one]) => [name, callCell("plain", one), callCell("withTimeout", one)]),
  ),
);

const servers = await startServers(["postgres", "mysql", "redis"]);
try {
  for (const line of servers.missing) console.log(`skipped: ${line}`);
  const starts = await measureStarts(servers.urls);
  const first = starts.get("plugbayPostgres") ?? starts.get("plugbaySqlite");
  const startTable = (head: string, figure: keyof Started, unit: string): string =>
    table(
      [head, ...headOfSizes],
      [...starts].map(([kind, ofKind]) => [
        names[kind],
        ...sizes.map((size) => {
          const value = ofKind.get(size)?.[figure];
          return `${digits(value)} ${unit}, ${times(value, first?.get(size)?.[figure])}`;
        }),
      ]),
    );
  show("imports", startTable("Import", "importMs", "ms"));
  show("starts", startTable("First answer", "answerMs", "ms"));
  show("memory", startTable("Heap", "heapMb", "MB"));
  show("answers", startTable("An answer", "lookupNs", "ns"));
  show("propagation", propagationTable(await measurePropagation(servers.urls)));
  await draw("starts", "From the import to the first answer", "ms", curvesOf(starts, "answerMs"));
  await draw("memory", "Heap kept", "MB", curvesOf(starts, "heapMb"));
  await draw("look-ups", "A look-up, or an answer of an SDK", "ns", [
    ...[...lookups].map(([name, values]) => ({ name, values })),
    ...curvesOf(starts, "lookupNs").filter(({ name }) => !name.startsWith("plugbay")),
  ]);
} finally {
  await servers.stop();
}
await fillIn(`${docs}peers.md`, figures);
console.log("\ndocs/peers.md and its drawings are written.");

function show(name: string, text: string): void {
  figures[name] = text;
  console.log(`${text}\n`);
}

function propagationTable(delays: ReadonlyMap<string, Delay>): string {
  return table(
    ["From a change to the changed answer", "half within", "all within", "changes"],
    [...delays].map(([name, { half, most, changes }]) => [
      name,
      `${digits(half)} ms`,
      `${digits(most)} ms`,
      String(changes),
    ]),
  );
}

function curvesOf(starts: ReadonlyMap<Kind, ReadonlyMap<Size, Started>>, figure: keyof Started): Curve[] {
  return [...starts].map(([kind, ofKind]) => ({
    name: names[kind],
    values: new Map([...ofKind].map(([size, started]) => [size, started[figure]])),
  }));
}

async function draw(name: string, title: string, unit: string, curves: readonly Curve[]): Promise<void> {
  await writeFile(`${docs}peers-${name}.svg`, drawCurves(title, unit, curves));
}

function digits(value = Number.NaN): string {
  return value.toLocaleString("en", value < 10 ? { maximumFractionDigits: 1 } : { maximumFractionDigits: 0 });
}

function times(value = Number.NaN, beside = Number.NaN): string {
  const ratio = value / beside;
  return `${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(ratio < 10 ? 1 : 0)} ×`;
}
