import { startServers } from "../test/servers/start-servers.ts";
import { benchBurst } from "./cluster-burst.ts";
import { benchInForce } from "./cluster-in-force.ts";
import { type ClusterKind, clusters } from "./cluster-kinds.ts";
import { benchLatency } from "./cluster-latency.ts";
import { benchLockedRow } from "./locked-row.ts";
import { broken } from "./report.ts";

// From the commit in one process to the changed answer of `get` in others, and what these cost while nothing changes.

const servers = await startServers(["postgres", "mysql", "redis"]);
try {
  for (const line of servers.missing) console.log(`skipped: ${line}`);
  console.log(`Node ${process.version}: followers of one process that writes.\n`);
  const chosen = process.argv[2] ?? "";
  const isChosen = ({ name }: ClusterKind): boolean => name.includes(chosen);
  for (const kind of clusters(servers.urls).filter(isChosen)) {
    await benchLatency(kind, 8, 1);
    await benchInForce(kind);
    // In as many processes as the smallest of machines has cores: what is measured is the followers, not the processes.
    if (kind.isBusy) await benchLatency(kind, 2, 32);
    if (kind.isPushed) await benchBurst(kind);
    await benchLockedRow(kind);
  }
} finally {
  await servers.stop();
}
const over = broken();
console.log(over.length === 0 ? "\nAll within their bounds." : `\n${over.length} over their bounds.`);
process.exitCode = over.length === 0 ? 0 : 1;
