import { randomBytes } from "node:crypto";
import { sender } from "@example/sender";
import { acme } from "@example/sender-acme";
import { startFakeAcme } from "@example/sender-acme/fake-acme";
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";

const token = "demo-token";
const fake = await startFakeAcme(token);

// Secrets are stored under this key. Yours comes from `npx plugbay keys generate`, and is kept: PLUGBAY_KEYS.
const keys = `demo:${randomBytes(32).toString("base64")}`;
const plugbay = await openPlugbay({ database: sqlite(":memory:"), keys, plugins: [sender, acme] });
try {
  // What an operator does in the panel.
  await plugbay.control.createItem(
    {
      ...{ type: sender, module: acme.module, name: acme.name, label: "main", status: "active" },
      config: { url: fake.url, token },
    },
    { actor: "alice" },
  );
  const id = await plugbay.service(sender).send("+1 555 0100", "hello");
  console.log(`sent as ${id}: ${fake.messages[0].text}`);
} finally {
  await plugbay.close();
  fake.stop();
}
