import type { AddressInfo } from "node:net";
import { openPlugbay } from "plugbay";
import { createApp } from "./app.ts";
import { Charges } from "./charges.ts";
import { openDatabases } from "./database.ts";
import { FakeGateway } from "./fake-gateway.ts";
import { north, south } from "./gateways.ts";
import { payment, timeoutMs } from "./payment.ts";
import { Shop } from "./shop.ts";

const fakes = new Map([
  ["north", new FakeGateway()],
  ["south", new FakeGateway()],
]);
for (const [name, fake] of fakes) process.env[`${name.toUpperCase()}_URL`] ??= await fake.start();

const { DATABASE_URL, PORT = "3000" } = process.env;
const { own, plugbays } = openDatabases(DATABASE_URL);
const plugbay = await openPlugbay({ database: plugbays, migrate: true, plugins: [payment, north, south] });
const charges = await Charges.open(own);
const shop = new Shop(plugbay, charges);
const settling = setInterval(() => void shop.settle().catch(console.error), timeoutMs);

const server = createApp(plugbay, shop, fakes).listen(Number(PORT), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  clearInterval(settling);
  for (const fake of fakes.values()) fake.stop();
  server.close(async () => {
    await plugbay.close();
    await own.destroy();
  });
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
