// The other side of `SyncProcess`: a line of JSON in, a line of JSON out.

import { createInterface } from "node:readline";
import { openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { snapshotOf } from "../../src/open/facade.ts";
import { greeter, greeterType } from "../store/definitions.ts";
import type { SyncWork } from "./sync-process.ts";

const databases = { sqlite, postgres, mysql };

async function sync({ dialect, address, types, pluginsPerType, turn }: SyncWork): Promise<unknown> {
  const definitions = Array.from({ length: types }, (_, index) => {
    const type = greeterType(`type ${(index + turn * 3) % types}`);
    const plugins = Array.from({ length: pluginsPerType }, (_, plugin) =>
      greeter(type, `plugin ${(plugin + turn * 7) % pluginsPerType}`),
    );
    return [type, plugins];
  });
  const database = databases[dialect](address);
  const plugbay = await openPlugbay({ database, plugins: definitions, migrate: true });
  const { total } = await plugbay.control.list();
  const { revision } = snapshotOf(plugbay);
  await plugbay.close();
  return { items: total, revision };
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await sync(JSON.parse(line)).catch((error: unknown) => ({ error: String(error) }));
  console.log(JSON.stringify(answer));
}
