import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { definePlugin, definePluginType, openPlugbay, type Plugin, type PluginType } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { sqlite } from "plugbay/sqlite";

// A panel with something of everything to look at, for everybody who can reach this machine's loopback:
//   npx tsx --tsconfig tsconfig.json test/admin/demo-server.ts [port]

interface Service {
  serve(): string;
}

const names = [
  ["otp", "apps/otp", "One-time password delivery channel"],
  ["payment", "apps/shop", "Takes money"],
  ["refund", "apps/shop", "Gives it back"],
  ["shipping", "apps/shop", "Books a parcel with a carrier and says what it costs"],
  ["notifier", "apps/notifications", "Tells users of what happened"],
  ["geocoder", "apps/maps", "Finds the place of an address"],
  ["translator", "apps/content", "Translates what users write"],
  ["moderator", "apps/content", ""],
  ["storage", "apps/files", "Keeps what is uploaded"],
  ["virus-scanner", "apps/files", "Looks for what nobody wants to download"],
  ["exchange-rates", "apps/billing", "Yesterday's rates, by ten in the morning"],
] as const;

const companies = ["acme", "globex", "initech", "umbrella", "hooli", "soylent"] as const;
const long =
  "Sends by way of the European gateway, at night by the one in Singapore. The contract ends in March; " +
  "until then the first 10,000 calls of a month are free, and each further thousand costs about as much as a " +
  "cup of coffee. Ask the purchasing department before this one is made the first choice. ";

const type = (name: string, manager: string, description: string): PluginType<Service> =>
  definePluginType<Service>({ name, manager, description, methods: { serve: "required" } });

function plugin(of: PluginType<Service>, company: string, place: number, all: number): Plugin {
  const kind = all % 11;
  return definePlugin(of, {
    name: `${of.name}_${company}`.replaceAll("-", "_"),
    module: `plugins/${company}`,
    priority: place * 10,
    status: kind === 3 ? "reserve" : kind === 5 ? "disable" : "active",
    description: kind === 2 ? long.repeat(3) : kind === 8 ? "" : `By ${company}, ${of.description}`,
    create: () => {
      if (kind === 4) throw new Error(`no licence for ${company} (<b>expired</b> on 1 January)`);
      return { serve: () => company };
    },
  });
}

const types = names.map(([name, manager, description]) => type(name, manager, description));
let count = 0;
const plugins = types.flatMap((of, index) =>
  companies.slice(0, index === 0 ? 6 : 4 + (index % 3)).map((company, place) => {
    count += 1;
    return plugin(of, company, place, count);
  }),
);

const byCountry = definePluginType<Service>({
  name: "tax",
  manager: "apps/billing",
  description: "Reckons taxes by country: its selector takes one",
  methods: { serve: "required" },
}).withSelector((candidates, country: string) => {
  if (!/^[A-Z]{2}$/.test(country)) throw new Error(`"${country}" is no country code`);
  return candidates.active.find((item) => item.name.endsWith(`_${country.toLowerCase()}`));
});
const taxes = ["de", "nl", "fr", "ir"].map((country, place) =>
  definePlugin(byCountry, {
    name: `tax_${country}`,
    module: "apps/billing",
    priority: place,
    description: `Value added tax of ${country.toUpperCase()}`,
    create: () => ({ serve: () => country }),
  }),
);

const folder = await mkdtemp(join(tmpdir(), "plugbay-demo-"));
const database = sqlite(join(folder, "demo.db"));

// A process of a version before, whose plugins this one does not all have.
const [first = byCountry as PluginType<Service>] = types;
const former = ["pigeon", "telegraph"].map((name) =>
  definePlugin(first, { name, module: "plugins/past", priority: 5, create: () => ({ serve: () => name }) }),
);
await (await openPlugbay({ database, plugins: [types, plugins, former] })).close();

const plugbay = await openPlugbay({
  database,
  version: "2.1.0",
  plugins: [types, plugins, byCountry, taxes],
});
const { items } = await plugbay.control.list({ pageSize: 200 });
const some = (start: number) => items.filter((_, index) => index % 17 === start).map(({ id }) => id);
await plugbay.control.retire(some(6), { actor: "alice", source: "admin" });
await plugbay.control.bulk(some(1), "lower", { actor: "bob", source: "cli" });
await plugbay.control.bulk(some(2), "reserve", { actor: "Zoë <zoe@example.org>", source: "admin" });

const admin = createAdmin(plugbay, {
  basePath: "/admin",
  title: "Demo of plugbay",
  authorize: () => ({ actor: "demo", access: "write" }),
});
const port = Number(process.argv[2] ?? 4400);
createServer(getRequestListener(admin.fetch, { overrideGlobalObjects: false })).listen(
  port,
  "127.0.0.1",
  () => {
    console.log(`http://127.0.0.1:${port}/admin`);
  },
);
