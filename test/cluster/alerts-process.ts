import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { webhook } from "plugbay/alerts";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { z } from "zod";

// A process of an application whose first choice cannot be made, and that tells a webhook. It says what it is warned of,
// and takes an item out of use when it is told its name.

const [kind, address = "", url = "", secret = "", keys = "", token = ""] = process.argv.slice(2);
const database = kind === "sqlite" ? sqlite(address) : kind === "mysql" ? mysql(address) : postgres(address);
process.on("warning", ({ message }) => process.send?.(message));
const sms = definePluginType<{ send(): void }>({
  ...{ name: "sms", manager: "apps/sms", methods: { send: "required" } },
});
const vonage = definePlugin(sms, {
  ...{ name: "vonage", module: "apps/vonage", priority: 1 },
  config: z.object({ token: z.string() }),
  secrets: ["token"],
  create: ({ config }): { send(): void } => {
    const forms = [
      config.token,
      encodeURIComponent(config.token),
      Buffer.from(config.token).toString("base64"),
    ];
    throw new Error(`the gateway refused https://sms.example.com/?key=${forms.join(" and ")}`);
  },
});
const mail = definePlugin(sms, {
  ...{ name: "mail", module: "apps/mail", priority: 2 },
  create: () => ({ send: () => undefined }),
});
const plugbay = await openPlugbay({
  ...{ database, keys, plugins: [sms, vonage, mail] },
  alerts: [webhook({ url, secret, on: { changes: true } })],
});
const by = { actor: "alice", reason: "maintenance" };
if (!plugbay.items(sms).some(({ name }) => name === "vonage"))
  await plugbay.control.createItem(
    { ...{ type: sms, module: "apps/vonage", name: "vonage" }, status: "active", config: { token } },
    by,
  );
process.on("message", async (name) => {
  const item = plugbay.items(sms).find((one) => one.name === name);
  await plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, by);
});
process.on("disconnect", () => process.exit());
process.send?.("open");
