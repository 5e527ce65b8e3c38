// @ts-check
import { appendFile } from "node:fs/promises";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";

/** @type {import("plugbay").PluginType<{ send(text: string): Promise<void> }>} */
const channel = definePluginType({ name: "channel", manager: "script", methods: { send: "required" } });

const print = definePlugin(channel, {
  name: "print",
  module: "script",
  priority: 10,
  create: () => ({ send: async (text) => console.log(`printed: ${text}`) }),
});

const file = definePlugin(channel, {
  name: "file",
  module: "script",
  priority: 20,
  create: () => ({ send: (text) => appendFile("messages.txt", `${text}\n`) }),
});

const plugbay = await openPlugbay({ database: sqlite("messages.db"), plugins: [channel, print, file] });
try {
  await plugbay.service(channel).send(process.argv[2] ?? "hello");
} finally {
  await plugbay.close();
}
