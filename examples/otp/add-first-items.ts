import type { JsonValue, Plugbay, Plugin } from "plugbay";
import { otp } from "./otp.ts";
import { gateway } from "./providers/gateway/index.ts";
import { smtp } from "./providers/smtp/index.ts";
import type { MailAccount } from "./receivers/mail-server.ts";

export interface LocalServers {
  readonly smtp: MailAccount & { readonly port: number };
  readonly gateway: { readonly url: string; readonly token: string };
}

/** Gives each provider with a config an item to start from: for the servers of this example, and disabled. */
export async function addFirstItems(plugbay: Plugbay, servers: LocalServers): Promise<void> {
  const { user, password, port } = servers.smtp;
  const { url, token } = servers.gateway;
  await addFirstItem(plugbay, smtp, { host: "127.0.0.1", port, user, password });
  await addFirstItem(plugbay, gateway, { url, token });
}

/** An item that was removed stays removed. */
async function addFirstItem(plugbay: Plugbay, plugin: Plugin, config: JsonValue): Promise<void> {
  const { module, name } = plugin;
  const { total } = await plugbay.control.list({ module, retired: "include" });
  if (total > 0) return;
  await plugbay.control.createItem(
    { type: otp, module, name, label: "local", status: "disable", config },
    { actor: "example" },
  );
}
