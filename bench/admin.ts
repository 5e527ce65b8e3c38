import { openPlugbay, type Plugbay } from "plugbay";
import { type Admin, createAdmin } from "plugbay/admin";
import { benchPages } from "./admin-pages.ts";
import { fillTraffic } from "./admin-traffic.ts";
import { type BenchDatabase, type FreshDatabase, withDatabases } from "./databases.ts";
import { makeDefinitions } from "./definitions.ts";
import { broken, quantile, report, timed } from "./report.ts";

// The panel at 100,000 items of 1,000 types: how soon its server answers, and how soon its pages can be used.

const typeCount = 1_000;
const itemCount = 100_000;
const repeats = 150;
/** Before them: the first ones compile the code that answers. */
const warmUps = 20;

/** So many statements may a request make; it is the same number however much there is. */
const mostStatements = (label: string): number => (label === attention ? 4 : 2);

const attention = "what needs attention";

/** The paths that are asked for, by what they show. */
type Requests = Readonly<Record<string, () => string>>;

const requests: Requests = {
  types: () => "types",
  "first page of items": () => "items",
  "page 700": () => "items?page=700",
  "by status, sorted": () => "items?status=active&sort=-priority,name&page=3",
  "two words": () => "items?search=provider-55%20module-2",
  "by name, deep": () => "items?sort=name&page=500",
  "ready ones": () => "items?readiness=ready",
};

async function benchRequests(
  name: string,
  admin: Admin,
  statements: (() => number) | undefined,
  all: Requests,
): Promise<void> {
  // What opening and filling left behind is no request's to clear away.
  globalThis.gc?.();
  for (const [label, pathOf] of Object.entries(all)) {
    const ask = async (): Promise<void> => {
      const path = pathOf();
      const response = await admin.fetch(new Request(`http://panel.example.com/api/${path}`));
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    };
    for (let index = 0; index < warmUps; index += 1) await ask();
    const samples: number[] = [];
    const statementsBefore = statements?.() ?? 0;
    for (let index = 0; index < repeats; index += 1) samples.push(await timed(ask));
    const half = quantile(samples, 0.5).toFixed(1);
    report({
      name: `${name}: ${label}, p99 (p50 ${half})`,
      value: quantile(samples, 0.99),
      limit: 25,
      unit: "ms",
    });
    if (statements) {
      // Beside those of the requests there is one now and then that goes by the clock.
      const each = Number(((statements() - statementsBefore) / repeats).toFixed(1));
      report({ name: `${name}: ${label}, statements`, value: each, limit: mostStatements(label), unit: "" });
    }
  }
}

/** With 14 days of traffic. Each request asks of another type, as answers are kept for a moment. */
async function benchTraffic(
  name: string,
  admin: Admin,
  plugbay: Plugbay,
  { kysely, statements }: FreshDatabase,
): Promise<void> {
  const db = await kysely();
  const rows = await fillTraffic(db, plugbay);
  await db.destroy();
  console.log(`     ${name}: ${rows} rows of traffic`);
  const types = await plugbay.control.types();
  let turn = 0;
  const next = (): string => types[turn++ % types.length]?.id ?? "";
  // The next list begins within this one: else there would be but 20 of them.
  const some = (): string => {
    const first = turn;
    const ids = Array.from({ length: 50 }, next).join(",");
    turn = first + 7;
    return ids;
  };
  await benchRequests(name, admin, statements, {
    "a type's last 14 days": () => `types/${next()}/traffic?range=14d`,
    "a type's last hour": () => `types/${next()}/traffic?range=hour`,
    "the last hour of 50 types": () => `traffic/recent?types=${some()}`,
    "the overview's traffic": () => "traffic",
    [attention]: () => "attention",
    "a type": () => `types/${next()}`,
  });
}

async function bench({ name, fresh }: BenchDatabase): Promise<void> {
  const place = await fresh();
  const { database, file, statements, drop } = place;
  const plugins = makeDefinitions(typeCount, itemCount).all;
  const plugbay = await openPlugbay({
    database,
    plugins,
    pollIntervalMs: false,
    heartbeatMs: false,
    migrate: true,
  });
  const admin = createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "write" }) });
  await benchRequests(name, admin, statements, requests);
  await benchTraffic(name, admin, plugbay, place);
  await plugbay.close();
  if (file !== undefined) await benchPages(file, typeCount, itemCount);
  await drop();
}

console.log(`Node ${process.version}, ${itemCount} items of ${typeCount} types.\n`);
await withDatabases(async (databases) => {
  for (const database of databases) await bench(database);
});
const over = broken();
console.log(over.length === 0 ? "\nAll within their bounds." : `\n${over.length} over their bounds.`);
process.exitCode = over.length === 0 ? 0 : 1;
