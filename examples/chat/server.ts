import { serve } from "@hono/node-server";
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { createApp } from "./app.ts";
import { FakeModel } from "./fake-model.ts";
import { model } from "./model.ts";
import { large, small } from "./models.ts";

const fakes = new Map(["large", "small"].map((name) => [name, new FakeModel(name)]));
for (const [name, fake] of fakes) process.env[`${name.toUpperCase()}_URL`] = await fake.start();

const plugbay = await openPlugbay({ database: sqlite("chat.db"), plugins: [model, large, small] });
const { fetch } = createApp(plugbay, fakes);
const port = Number(process.env.PORT ?? 3000);
const server = serve({ fetch, port, hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  for (const fake of fakes.values()) fake.stop();
  server.close(() => void plugbay.close());
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
