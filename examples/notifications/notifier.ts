import { definePluginType } from "plugbay";
import type { User } from "./user.ts";

export interface Notifier {
  send(user: User, text: string): Promise<void>;
}

export const notifier = definePluginType<Notifier>({
  name: "notifier",
  manager: "apps/notifications",
  description: "Notification channels for users",
  methods: { send: "required" },
});
