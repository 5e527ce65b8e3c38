import { once } from "node:events";
import { type Database, definePlugin, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { alice, bob, greeting } from "../../store/definitions.ts";

/**
 * A process that closes plugbay while the database does not answer, and has nothing else to do: it ends by itself,
 * or something has kept it. What became of the calls that were under way it prints.
 *
 * @param process.argv the kind of database, its address, and whether the database is there for the start
 */
const [kind = "", address = "", start = ""] = process.argv.slice(2);
const kinds: Record<string, (address: string) => Database> = { sqlite, postgres, mysql };
const database = kinds[kind]?.(address);
if (database === undefined) throw new Error(`there is no database called ${kind}`);

const outcome = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "done",
    (error: { readonly code?: unknown }) => String(error.code),
  );

const plugins = [greeting, alice, bob];
if (start === "without the database") {
  console.log(await outcome(openPlugbay({ database, plugins, readyTimeoutMs: 1_000 })));
} else {
  const plugbay = await openPlugbay({ database, plugins, migrate: true, pollIntervalMs: 100 });
  const [item] = plugbay.items(greeting);
  console.log("open");
  await once(process.stdin, "data");
  process.stdin.destroy();
  process.on("warning", () => undefined);
  const refreshed = outcome(plugbay.refresh());
  const written = outcome(
    plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, { actor: "a writer" }),
  );
  plugbay.registry.register(
    definePlugin(greeting, {
      name: "late",
      module: "apps/greeters",
      create: () => ({ greet: () => "late" }),
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  const begun = performance.now();
  await Promise.all([plugbay.close(), plugbay.close()]);
  console.log(JSON.stringify({ ms: performance.now() - begun }));
  console.log(JSON.stringify({ refreshed: await refreshed, written: await written }));
}
