import { definePlugin } from "plugbay";
import { arrived } from "../inbox.ts";
import { type Notifier, notifier } from "../notifier.ts";
import type { User } from "../user.ts";

class SmsNotifier implements Notifier {
  async send(user: User, text: string): Promise<void> {
    arrived("sms", user.phone, text);
  }
}

export const sms = definePlugin(notifier, {
  name: "sms",
  module: "apps/notifications-sms",
  priority: 10,
  description: "Notifications by text message",
  class: SmsNotifier,
});
