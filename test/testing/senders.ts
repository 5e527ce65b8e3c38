import { definePlugin, definePluginType, type Plugbay, type Plugin } from "plugbay";
import { z } from "zod";

export interface OtpSender {
  sendOtp(phone: string, code: string): Promise<string>;
}

export const otp = definePluginType<OtpSender>({
  name: "otp",
  manager: "apps/otp",
  methods: { sendOtp: "required" },
});

/** A sender that says who it is. */
export const sender = (name: string, priority = 0): Plugin<OtpSender, never> =>
  definePlugin(otp, {
    name,
    module: "apps/otp-sms",
    priority,
    create: () => ({ sendOtp: async () => name }),
  });

export const smsIr = sender("sms_ir", 1);
export const kavenegar = sender("kavenegar", 2);

/** One with a config. */
export const twilio = definePlugin(otp, {
  name: "twilio",
  module: "apps/otp-sms",
  config: z.object({ token: z.string().min(4), from: z.string().default("+1 555 0100") }),
  secrets: ["token"],
  check: ({ config }) => `sends from ${config.from}`,
  create: ({ config }) => ({ sendOtp: async (phone) => `${config.from} to ${phone} by ${config.token}` }),
});

/** A fake that says so. */
export const fake = (says = "fake"): OtpSender => ({ sendOtp: async () => says });

/** The id of the item of that name. */
export function idOf(plugbay: Plugbay, name: string): string {
  const item = plugbay.items(otp).find((one) => one.name === name);
  if (item === undefined) throw new Error(`there is no item called "${name}"`);
  return item.id;
}
