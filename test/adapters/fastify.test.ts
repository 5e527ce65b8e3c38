import fastify from "fastify";
import { toFastify } from "plugbay/fastify";
import { describeAdapter } from "./contract.ts";
import { ofServer } from "./host.ts";

describeAdapter({
  name: "fastify",
  parser: "apart",
  start: async ({ admin, jsonLimit, kind: _, ...options }) => {
    const app = fastify(jsonLimit === undefined ? {} : { bodyLimit: jsonLimit });
    await app.register(toFastify(admin, options));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
});
