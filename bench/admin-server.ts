import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openPlugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toNode } from "plugbay/node";
import { sqlite } from "plugbay/sqlite";
import { makeDefinitions } from "./definitions.ts";

// A process that serves the panel of the SQLite file that it is given, until its parent goes.

const [file = "", typeCount, itemCount] = process.argv.slice(2);
const plugbay = await openPlugbay({
  database: sqlite(file),
  plugins: makeDefinitions(Number(typeCount), Number(itemCount)).all,
});
const admin = createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "write" }) });
const server = createServer(toNode(admin)).listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on("disconnect", () => process.exit());
