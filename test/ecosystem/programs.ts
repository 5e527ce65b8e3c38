/** Programs of an application that opens SQLite in memory and gets a plugin. Each prints `sent`. */

const body = `
const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "sent" }) });

async function send() {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });
  const sent = plugbay.require(mail).send();
  await plugbay.close();
  return sent;
}
`;

export const modules = `
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
${body}
console.log(await send());
`;

export const commonjs = `
const { definePlugin, definePluginType, openPlugbay } = require("plugbay");
const { sqlite } = require("plugbay/sqlite");
${body}
exports.send = send;
if (require.main === module) send().then(console.log);
`;
