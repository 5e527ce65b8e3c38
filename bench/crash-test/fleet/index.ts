import { startServers } from "../../../test/servers/start-servers.ts";
import { clusters } from "../../cluster-kinds.ts";
import { Checks } from "../checks.ts";
import { document, tableOf } from "../document.ts";
import { coolingMs, deadMs, outage, size } from "./outage.ts";

// A fleet of 8 processes makes 200 calls a second, and the provider that it would rather have dies.
// With an argument only on the databases whose name has it, such as PostgreSQL, Redis or SQLite.

const chosen = process.argv[2] ?? "";
const check = new Checks();
const rows: string[][] = [];
const ms = (value: number): string => `${value.toFixed(0)} ms`;

const servers = await startServers(["postgres", "mysql", "redis"]);
try {
  for (const line of servers.missing) console.log(`skipped: ${line}`);
  for (const kind of clusters(servers.urls).filter(({ name }) => name.includes(chosen))) {
    const found = await outage(kind);
    const heardMs = kind.isPushed ? 100 : kind.limitMs;
    const most = Math.ceil(deadMs / coolingMs);
    check.equal(`${kind.name}: calls that failed`, found.errors, []);
    check.between(`${kind.name}: how soon all avoid it, in ms`, found.avoidedAfterMs, 0, heardMs);
    check.between(`${kind.name}: probes while it was dead`, found.probes, 1, most);
    check.between(`${kind.name}: between two probes, in ms`, found.shortestPauseMs, 0.95 * coolingMs, deadMs);
    check.between(`${kind.name}: until the first is back, in ms`, found.firstBackMs, 0, coolingMs + 100);
    check.between(`${kind.name}: until all are back, in ms`, found.lastBackMs, 0, coolingMs + 100 + heardMs);
    rows.push([
      kind.name,
      `${found.calls}`,
      `${found.errors.length}`,
      `${found.beforeOpening}`,
      `${found.afterOpening}`,
      ms(found.avoidedAfterMs),
      `${((found.probes * 60_000) / deadMs).toFixed(0)}`,
      ms(found.firstBackMs),
      ms(found.lastBackMs),
    ]);
  }
} finally {
  await servers.stop();
}
const head = [
  "database",
  "calls",
  "failed",
  "requests up to the first opening",
  "of processes that had not heard of it",
  "all avoid it after",
  "probes a minute",
  "back after",
  `all ${size} after`,
];
const table = tableOf(head, rows);
console.log(table);
for (const { what, found, holds } of check.all) console.log(`${holds ? "ok   " : "WRONG"} ${what}: ${found}`);
const isWhole = chosen === "" && servers.missing.length === 0;
if (isWhole && check.verdict === "pass") await document("fleet", table);
process.exitCode = check.verdict === "pass" ? 0 : 1;
