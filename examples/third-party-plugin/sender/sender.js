import { definePluginType } from "plugbay";

/**
 * @typedef {object} Sender
 * @property {(number: string, text: string) => Promise<string>} send resolves with the id of the message
 */

/** @type {import("plugbay").PluginType<Sender>} */
export const sender = definePluginType({
  name: "sender",
  manager: "@example/sender",
  description: "Sends text messages",
  methods: { send: "required" },
  policy: { idempotent: true, timeoutMs: 5_000 },
});
