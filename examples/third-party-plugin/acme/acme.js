import { sender } from "@example/sender";
import { definePlugin } from "plugbay";
import { z } from "zod";

export const acme = definePlugin(sender, {
  name: "acme",
  module: "@example/sender-acme",
  description: "Text messages by Acme",
  config: z.object({ url: z.url(), token: z.string().min(1) }),
  secrets: ["token"],
  create: ({ config }) => ({
    async send(number, text) {
      const body = JSON.stringify({ number, text });
      const { id } = await ask(config, "/messages", { method: "POST", body });
      return id;
    },
  }),
  check: async ({ config, signal }) => {
    const { account } = await ask(config, "/account", { signal });
    return `Acme knows the token as that of ${account}.`;
  },
});

async function ask({ url, token }, path, init) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url + path, { ...init, headers });
  // By the status plugbay knows whether to try another provider, and whether to put this one aside.
  if (!response.ok)
    throw Object.assign(new Error(`Acme answered ${response.status}`), { status: response.status });
  return response.json();
}
