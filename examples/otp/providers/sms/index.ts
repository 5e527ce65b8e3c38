import { definePlugin } from "plugbay";
import { otp } from "../../otp.ts";
import { SmsOtp } from "./sms-otp.ts";

export const sms = definePlugin(otp, {
  name: "sms",
  module: "apps/otp-sms",
  priority: 20,
  description: "Text message through an HTTP gateway",
  class: SmsOtp,
});
