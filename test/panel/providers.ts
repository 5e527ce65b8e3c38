import { definePlugin, definePluginType } from "plugbay";

// What the panel is tested with: a type with something of everything, one with a selector, one with more
// items than a page has.

interface Sender {
  send(): string;
}

export const otp = definePluginType<Sender>({
  name: "otp",
  manager: "apps/otp",
  description: "One-time password delivery channel",
  methods: { send: "required" },
});

const sender = (name: string) => ({ name, create: () => ({ send: () => name }) });

export const mail = definePlugin(otp, {
  ...sender("mail"),
  module: "apps/otp-mail",
  priority: 10,
  description: "By mail",
});

const sms = definePlugin(otp, {
  ...sender("sms"),
  module: "apps/otp-sms",
  priority: 20,
  description: "By text message",
});

const voice = definePlugin(otp, {
  ...sender("voice"),
  module: "apps/otp-voice",
  priority: 30,
  status: "reserve",
  description: "By a call",
});

/** Text of a plugin's own is shown as text, whatever is in it. */
export const hostileError = "no licence <img src=x onerror=alert(1)>";

const pigeon = definePlugin(otp, {
  name: "pigeon",
  module: "apps/otp-pigeon",
  priority: 40,
  description: "<script>alert(1)</script>",
  create: () => {
    throw new Error(hostileError);
  },
});

const tax = definePluginType<Sender>({
  name: "tax",
  manager: "apps/billing",
  description: "Reckons taxes by country",
  methods: { send: "required" },
}).withSelector((candidates, country: string) => candidates.active.find(({ name }) => name === country));

const taxes = ["de", "nl"].map((country) =>
  definePlugin(tax, { ...sender(country), module: "apps/billing" }),
);

const carrier = definePluginType<Sender>({
  name: "carrier",
  manager: "apps/shop",
  description: "Books a parcel",
  methods: { send: "required" },
});

export const carrierCount = 130;

const carriers = Array.from({ length: carrierCount }, (_, index) =>
  definePlugin(carrier, {
    ...sender(`carrier_${String(index).padStart(3, "0")}`),
    module: "plugins/carriers",
    priority: index,
  }),
);

export const providers = [otp, mail, sms, voice, pigeon, tax, taxes, carrier, carriers];

/** What a process of a version before had, and this one has not. */
export const former = definePlugin(otp, { ...sender("telegraph"), module: "apps/past", priority: 50 });
