import { definePlugin } from "plugbay";
import { otp } from "./otp.ts";

export const sms = definePlugin(otp, {
  name: "sms",
  module: "apps/otp-sms",
  priority: 10,
  create: () => ({ sendOtp: async (number, code) => console.log(`SMS to ${number}: ${code}`) }),
});

export const mail = definePlugin(otp, {
  name: "mail",
  module: "apps/otp-mail",
  priority: 20,
  create: () => ({ sendOtp: async (number, code) => console.log(`Mail to the owner of ${number}: ${code}`) }),
});
