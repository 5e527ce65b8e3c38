import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import type { Admin } from "../../src/admin/admin.ts";
import { mount } from "../../src/admin/create-admin.ts";
import { checkOptions } from "../../src/admin/settings.ts";

interface Sender {
  send(): string;
}

const otp = definePluginType<Sender>({ name: "otp", manager: "apps/otp", methods: { send: "required" } });
const plugins = ["sms", "mail"].map((name, priority) =>
  definePlugin(otp, { name, module: `apps/otp-${name}`, priority, create: () => ({ send: () => name }) }),
);

/** An admin over SQLite whose items anybody may change. Its page is the real one, but for the built scripts. */
export async function realAdmin(basePath: string): Promise<{ admin: Admin; close(): Promise<void> }> {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [otp, plugins] });
  const settings = checkOptions({ basePath, authorize: () => ({ actor: "alice", access: "write" }) });
  const panel = { script: "index-1.js", imported: [], styles: [], assets: [] };
  return { admin: mount(plugbay, settings, async () => panel), close: () => plugbay.close() };
}
