import { definePlugin, definePluginType } from "plugbay";
import { z } from "zod";
import { alice, bob, carol, type Greeter, greeter, greeterType, greeting } from "../store/definitions.ts";

export { alice, greeting };

export const parting = greeterType("parting", { manager: "apps/parting", description: "Says goodbye" });
const dora = greeter(parting, "dora", { module: "apps/others", priority: 1, description: "Bye" });
const erik = greeter(parting, "erik", { module: "apps/others", priority: 2, status: "reserve" });

/** Its selector takes the name that is wanted, and knows no `nobody`. */
const byName = definePluginType<Greeter>({
  name: "by name",
  manager: "apps/greeting",
  methods: { greet: "required" },
}).withSelector((candidates, name: string) => {
  if (name === "nobody") throw new Error("nobody is <b>no name</b>");
  return candidates.active.find((item) => item.name === name);
});
const fred = definePlugin(byName, {
  name: "fred",
  module: "apps/named",
  create: () => ({ greet: () => "fred" }),
});
const gina = definePlugin(byName, {
  name: "gina",
  module: "apps/named",
  create: () => ({ greet: () => "gina" }),
});

export const broken = definePlugin(parting, {
  name: "broken",
  module: "apps/broken",
  create: () => {
    throw new Error("no licence for <script>alert(1)</script>");
  },
});

/** Takes configs, with secrets, and has an item without anybody adding one. */
export const vault = definePlugin(greeting, {
  name: "vault",
  module: "apps/vault",
  priority: 9,
  description: "Greets from a host",
  config: z.strictObject({
    host: z.string().default("localhost"),
    retries: z.int().optional(),
    token: z.string().optional(),
    smtp: z.strictObject({ port: z.int(), password: z.string().meta({ format: "password" }) }).optional(),
  }),
  secrets: ["token"],
  create: ({ config }) => ({ greet: () => config.host }),
});

/** What secrets are encrypted with. */
export const keys = "test:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

/** Three types, one with a selector, and seven items, none of which fails. */
export const everything = [greeting, alice, bob, carol, parting, dora, erik, byName, fred, gina];
