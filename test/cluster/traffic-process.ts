import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";

// A process that makes calls without end, and tells how many.

const [kind, address = ""] = process.argv.slice(2);
const database = kind === "sqlite" ? sqlite(address) : kind === "mysql" ? mysql(address) : postgres(address);
const type = definePluginType<{ send(): void }>({
  ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
});
const plugin = definePlugin(type, {
  name: "one",
  module: "apps/send",
  create: () => ({ send: () => undefined }),
});
const plugbay = await openPlugbay({ database, plugins: [type, plugin] });
let calls = 0;
setInterval(async () => {
  for (let count = 0; count < 5; count += 1) await plugbay.run(type, (sender) => sender.send());
  calls += 5;
  process.send?.({ calls, at: performance.timeOrigin + performance.now() });
}, 20);
