import { eq } from "drizzle-orm";
import type { SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import { type FastifyInstance, fastify } from "fastify";
import type { Plugbay } from "plugbay";
import { down, type Network, networks } from "./networks.ts";
import { notifier } from "./notifier.ts";
import { plugbayItem } from "./plugbay-tables.ts";
import { user } from "./schema.ts";

const params = { type: "object", properties: { id: { type: "integer" } } };
const bodyOf = (name: string) => ({
  type: "object",
  required: [name],
  properties: { [name]: { type: "string" } },
});

export function createApp(plugbay: Plugbay, db: SqliteRemoteDatabase): FastifyInstance {
  const app = fastify();

  app.get("/users", () =>
    db
      .select({ id: user.id, name: user.name, favourite: plugbayItem.name, status: plugbayItem.status })
      .from(user)
      .leftJoin(plugbayItem, eq(plugbayItem.id, user.favouriteId)),
  );

  app.put<{ Params: { id: number }; Body: { channel: string } }>(
    "/users/:id/favourite",
    { schema: { params, body: bodyOf("channel") } },
    async ({ params, body }, reply) => {
      const item = plugbay.items(notifier).find(({ name }) => name === body.channel);
      if (item === undefined) return reply.code(422).send({ error: `there is no channel "${body.channel}"` });
      await db.update(user).set({ favouriteId: item.id }).where(eq(user.id, params.id));
      return reply.code(204).send();
    },
  );

  app.post<{ Params: { id: number }; Body: { text: string } }>(
    "/users/:id/notify",
    { schema: { params, body: bodyOf("text") } },
    async ({ params, body }, reply) => {
      const [recipient] = await db.select().from(user).where(eq(user.id, params.id));
      if (recipient === undefined) return reply.code(404).send({ error: `there is no user ${params.id}` });
      const by = await plugbay.run(
        notifier,
        async (channel, { item }) => {
          await channel.send(recipient, body.text);
          return item.name;
        },
        { args: [recipient.favouriteId] },
      );
      return { by };
    },
  );

  // What the networks do.
  app.post<{ Params: { network: Network; state: "up" | "down" } }>(
    "/networks/:network/:state",
    { schema: { params: { properties: { network: { enum: networks }, state: { enum: ["up", "down"] } } } } },
    async ({ params }, reply) => {
      if (params.state === "down") down.add(params.network);
      else down.delete(params.network);
      return reply.code(204).send();
    },
  );
  return app;
}
