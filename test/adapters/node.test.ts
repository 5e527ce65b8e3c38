import { createServer } from "node:http";
import { toNode } from "plugbay/node";
import { describeAdapter } from "./contract.ts";
import { listening } from "./host.ts";

describeAdapter({
  name: "node",
  start: ({ admin, kind: _, jsonLimit: __, ...options }) => listening(createServer(toNode(admin, options))),
});
