import assert from "node:assert/strict";
import { after, test } from "node:test";
import { describeSender } from "@example/sender/testing";
import { makePlugin } from "plugbay/testing";
import { acme } from "./acme.js";
import { startFakeAcme } from "./fake-acme.js";

const token = "test-token";
const fake = await startFakeAcme(token);
after(() => fake.stop());

// What every plugin has to do, and every sender.
describeSender(acme, {
  configs: [{ url: fake.url, token }],
  refused: [{ url: "nowhere", token }, { url: fake.url }],
});

test("Acme gets the number and the text", async () => {
  const sender = await makePlugin(acme, { config: { url: fake.url, token } });
  await sender.send("+1 555 0103", "your code is 4711");
  assert.deepEqual(fake.messages.at(-1), { number: "+1 555 0103", text: "your code is 4711" });
});

test("a wrong token is told as refused credentials", async () => {
  const sender = await makePlugin(acme, { config: { url: fake.url, token: "wrong" } });
  await assert.rejects(sender.send("+1 555 0103", "hello"), { status: 401 });
});
