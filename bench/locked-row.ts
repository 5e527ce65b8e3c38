import { createConnection } from "mysql2/promise";
import pg from "pg";
import { snapshotOf } from "../src/open/facade.ts";
import { loadSqliteDriver } from "../src/store/sqlite/load-driver.ts";
import type { ClusterKind } from "./cluster-kinds.ts";
import type { ClusterSetup } from "./cluster-process.ts";
import { Writer } from "./cluster-writer.ts";
import { quantile, report, timed } from "./report.ts";

const writes = 20;
const lists = 200;
/** Of one list; with more the bound is broken anyway. */
const patienceMs = 2_000;

/** How soon the list is there while somebody else holds the revision's row, and many changes wait for it. */
export async function benchLockedRow({ name, fresh }: ClusterKind): Promise<void> {
  const setup = await fresh();
  const writer = await Writer.open(setup);
  const [item] = snapshotOf(writer.plugbay).types.values().next().value?.items ?? [];
  if (item === undefined) throw new Error("there is no item");
  const release = await lockRevision(setup);
  const change = (priority: number) =>
    writer.plugbay.control.updateItem(item.id, { priority }, { actor: "bench" });
  const waiting = Promise.allSettled(Array.from({ length: writes }, (_, index) => change(index)));
  const samples: number[] = [];
  while (samples.length < lists && !samples.some((sample) => sample > patienceMs)) {
    samples.push(await timed(() => writer.plugbay.control.list({})));
  }
  await release();
  await waiting;
  report({
    name: `${name}: list under a locked revision, p99`,
    value: quantile(samples, 0.99),
    limit: 25,
    unit: "ms",
  });
  await writer.close();
  await setup.drop();
}

const lock = "select * from plugbay_revision for update";

/** Locks the row by a connection of its own; the returned function lets go of it. */
async function lockRevision({ kind, address }: ClusterSetup): Promise<() => Promise<void>> {
  if (kind === "sqlite") {
    const Driver = await loadSqliteDriver();
    const database = new Driver(address);
    database.exec("begin immediate");
    return async () => {
      database.exec("rollback");
      database.close();
    };
  }
  if (kind === "postgres") {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query("begin");
    await client.query(lock);
    return () => client.end();
  }
  const connection = await createConnection({ uri: address });
  await connection.query("begin");
  await connection.query(lock);
  return () => connection.end();
}
