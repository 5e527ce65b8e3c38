import { definePlugin } from "plugbay";
import { arrived } from "../inbox.ts";
import { type Notifier, notifier } from "../notifier.ts";
import type { User } from "../user.ts";

class PushNotifier implements Notifier {
  async send(user: User, text: string): Promise<void> {
    arrived("push", user.device, text);
  }
}

export const push = definePlugin(notifier, {
  name: "push",
  module: "apps/notifications-push",
  priority: 15,
  description: "Notifications on the phone",
  class: PushNotifier,
});
