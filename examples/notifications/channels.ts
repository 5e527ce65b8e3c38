import { definePlugin } from "plugbay";
import { deliver } from "./networks.ts";
import { notifier } from "./notifier.ts";

export const email = definePlugin(notifier, {
  name: "email",
  module: "channels/email",
  priority: 10,
  create: () => ({ send: (user, text) => deliver("email", user.email, text) }),
});

export const sms = definePlugin(notifier, {
  name: "sms",
  module: "channels/sms",
  priority: 20,
  create: () => ({ send: (user, text) => deliver("sms", user.phone, text) }),
});

export const push = definePlugin(notifier, {
  name: "push",
  module: "channels/push",
  priority: 30,
  create: () => ({ send: (user, text) => deliver("push", `${user.name}'s telephone`, text) }),
});
