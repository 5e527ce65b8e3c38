import { definePlugin } from "plugbay";
import { arrived } from "../inbox.ts";
import { type Notifier, notifier } from "../notifier.ts";
import type { User } from "../user.ts";

class EmailNotifier implements Notifier {
  async send(user: User, text: string): Promise<void> {
    arrived("email", user.email, text);
  }
}

export const email = definePlugin(notifier, {
  name: "email",
  module: "apps/notifications-email",
  priority: 5,
  description: "Notifications by e-mail",
  class: EmailNotifier,
});
