import { openPlugbay } from "plugbay";
import { createApp } from "./app.ts";
import { openDatabase } from "./database.ts";
import config from "./plugbay.config.ts";

// First plugbay, whose tables the application's own point at.
const plugbay = await openPlugbay(config);
const database = await openDatabase("notifications.db");
const app = createApp(plugbay, database.db);
app.addHook("onClose", async () => {
  await plugbay.close();
  database.close();
});
console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" }));

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  void app.close();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
