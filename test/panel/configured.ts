import { randomBytes } from "node:crypto";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { definePlugin, definePluginType, type Plugbay } from "plugbay";
import { z } from "zod";
import { providers } from "./providers.ts";

// Plugins that take configs: one with fields of all kinds, one with a few, one that has no form.

interface Notifier {
  notify(): unknown;
}

const notifier = definePluginType<Notifier>({
  name: "notifier",
  manager: "apps/notify",
  description: "Tells people what happened",
  methods: { notify: "required" },
});

const route = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("smtp"),
    host: z.string().min(1).describe("Name or address of the mail server"),
    port: z.number().int().min(1).max(65_535).default(587),
  }),
  z.object({ kind: z.literal("http"), url: z.url(), verify: z.boolean().default(true) }),
]);

/** Fields of all kinds. */
const mailerConfig = z.object({
  from: z.email().meta({ title: "Sender", description: "What stands in the From line" }),
  password: z.string().min(8, "is too short: 8 characters at least").optional().meta({ title: "Password" }),
  encryption: z.enum(["none", "starttls", "tls"]).default("starttls").meta({ title: "Encryption" }),
  route: route.meta({ title: "Delivery", description: "How mails leave" }),
  isBulk: z.boolean().meta({ title: "Bulk mail", description: "Marks mails as sent to many" }),
  ratio: z.number().min(0).max(1).optional().meta({ title: "Sampling" }),
  recipients: z.array(z.string().min(1)).meta({ title: "Recipients" }),
  days: z
    .array(z.enum(["mon", "wed", "fri"]))
    .optional()
    .meta({ title: "Days", uniqueItems: true }),
  limits: z
    .object({
      perMinute: z.number().int().min(1).meta({ title: "Per minute" }),
      burst: z.number().int().optional().meta({ title: "Burst" }),
    })
    .optional()
    .meta({ title: "Limits", description: "Left out: as many as there are" }),
  servers: z
    .array(z.object({ name: z.string().min(1), weight: z.number().int().default(1) }))
    .optional()
    .meta({ title: "Servers" }),
  window: z.tuple([z.number().int(), z.number().int()]).optional().meta({ title: "Hours" }),
  headers: z.record(z.string(), z.string()).optional().meta({ title: "Headers" }),
  note: z.string().nullable().meta({ title: "Note" }),
  retry: z.union([z.number().int(), z.string()]).optional().meta({ title: "Retry" }),
  extra: z.json().optional().meta({ title: "Extra" }),
});

const mailer = definePlugin(notifier, {
  name: "mailer",
  module: "apps/notify-mail",
  description: "Sends mails",
  priority: 10,
  config: mailerConfig,
  secrets: ["password"],
  create: ({ config }) => ({ notify: () => config }),
});

const webhook = definePlugin(notifier, {
  name: "webhook",
  module: "apps/notify-hook",
  description: "Calls an address",
  priority: 20,
  config: z.object({
    url: z.url("is no address").meta({ title: "Address" }),
    token: z.string().min(4, "is too short").meta({ title: "Token" }),
    timeoutMs: z
      .number()
      .int()
      .min(1)
      .default(5_000)
      .meta({ title: "Timeout", description: "In milliseconds" }),
  }),
  secrets: ["token"],
  create: ({ config }) => ({ notify: () => config }),
  check: ({ config }) => {
    if (config.token === "wrong token") throw new Error(`refused: ${config.token} is not known`);
    return `${new URL(config.url).host} knows the token`;
  },
});

/** The same plugin in a version that took anything. */
const laxWebhook = definePlugin(notifier, {
  name: "webhook",
  module: "apps/notify-hook",
  config: z.object({ url: z.string(), token: z.string(), timeoutMs: z.number() }),
  secrets: ["token"],
  create: ({ config }) => ({ notify: () => config }),
});

/** What a process of that version is opened with. */
export const laxPlugins = [notifier, laxWebhook];

/** A schema that no form can be made of. */
const formless: StandardSchemaV1<{ line: string }> = {
  "~standard": {
    version: 1,
    vendor: "example",
    validate: (value) =>
      typeof (value as { line?: unknown } | undefined)?.line === "string"
        ? { value: value as { line: string } }
        : { issues: [{ path: ["line"], message: "is missing" }] },
  },
};

const pager = definePlugin(notifier, {
  name: "pager",
  module: "apps/notify-pager",
  priority: 30,
  config: formless,
  create: ({ config }) => ({ notify: () => config }),
});

/** Takes no config, and can say whether it works. */
const bell = definePlugin(notifier, {
  name: "bell",
  module: "apps/notify-bell",
  priority: 40,
  create: () => ({ notify: () => "rings" }),
  check: () => "the bell rings",
});

/** One key, of this name. */
export const newKeys = (name = "panel"): string => `${name}:${randomBytes(32).toString("base64")}`;

/** What a panel is opened with for these plugins. */
export const configuredSetup = {
  plugins: [...providers, notifier, mailer, webhook, pager, bell],
  keys: newKeys(),
};

const mailerSample = {
  from: "support@example.com",
  password: "correct horse",
  encryption: "tls",
  route: { kind: "smtp", host: "mail.example.com", port: 587 },
  isBulk: false,
  recipients: ["ops@example.com", "dev@example.com"],
  note: null,
};

const samples = {
  mailer: mailerSample,
  webhook: { url: "https://hook.example.com/", token: "first token", timeoutMs: 5_000 },
  pager: { line: "+1 555 0100" },
};

let labels = 0;

/** A label that no item has: also not one of the same test, should it be run again. */
export function newLabel(word: string): string {
  labels += 1;
  return `${word} ${labels}`;
}

/** Adds an item of one of the plugins, ready to serve, and answers with its id. */
export async function addSample(
  { control }: Plugbay,
  name: keyof typeof samples,
  label = newLabel(name),
): Promise<string> {
  const plugin = [mailer, webhook, pager].find((one) => one.name === name);
  if (plugin === undefined) throw new Error(`There is no plugin ${name}.`);
  const { module } = plugin;
  const item = { type: notifier, module, name, label, config: samples[name] };
  return (await control.createItem(item, { actor: "alice", source: "admin" })).id;
}

/** The config that an item serves with, its secrets in clear. */
export const servedConfig = (plugbay: Plugbay, id: string): unknown =>
  plugbay.getById(notifier, id, { includeDisabled: true })?.notify();
