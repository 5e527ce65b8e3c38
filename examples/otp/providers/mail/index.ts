import { definePlugin } from "plugbay";
import { otp } from "../../otp.ts";
import { MailOtp } from "./mail-otp.ts";

export const mail = definePlugin(otp, {
  name: "mail",
  module: "apps/otp-mail",
  priority: 10,
  description: "E-mail over SMTP",
  class: MailOtp,
});
