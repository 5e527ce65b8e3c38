import { openPlugbay } from "plugbay";
import type { BenchDatabase } from "./databases.ts";
import { makeDefinitions } from "./definitions.ts";
import { report, timed } from "./report.ts";
import { revisionOf } from "./revision-of.ts";

const limitsMs = {
  SQLite: { first: 1_000, second: 300 },
  PostgreSQL: { first: 2_000, second: 300 },
  MariaDB: { first: 2_000, second: 300 },
};

/** Syncs of 10,000 items over 100 types: the first writes them all, the second nothing. */
export async function benchSync(databases: readonly BenchDatabase[]): Promise<void> {
  for (const { name, fresh } of databases) {
    const { database, statements, drop } = await fresh();
    const { all } = makeDefinitions(100, 10_000);
    const plugbay = await openPlugbay({
      database,
      plugins: all,
      sync: false,
      migrate: true,
      pollIntervalMs: false,
    });
    const before = statements?.() ?? 0;
    const plan = await plugbay.planSync();
    const rows = plan.changes.length;
    // The refresh after it makes the instances: part of what the caller waits for.
    const first = await timed(() => plugbay.sync());
    if (statements) {
      const each = (rows / 100 / (statements() - before)) ** -1;
      report({ name: `${name}: statements a 100 rows, first sync`, value: each, limit: 1, unit: "" });
    }
    const revision = revisionOf(plugbay);
    const second = await timed(() => plugbay.sync());
    report({
      name: `${name}: first sync of 10,000 items`,
      value: first,
      limit: limitsMs[name].first,
      unit: "ms",
    });
    report({ name: `${name}: second sync`, value: second, limit: limitsMs[name].second, unit: "ms" });
    report({
      name: `${name}: revisions made by it`,
      value: revisionOf(plugbay) - revision,
      limit: 0,
      unit: "",
    });
    await plugbay.close();
    await drop();
  }
}
