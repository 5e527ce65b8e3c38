import { definePlugin } from "plugbay";
import { otp } from "../../otp.ts";
import { smtpConfig } from "./smtp-config.ts";
import { checkSmtp, SmtpOtp } from "./smtp-otp.ts";

export const smtp = definePlugin(otp, {
  name: "smtp",
  module: "apps/otp-smtp",
  priority: 40,
  description: "E-mail through an account that operators configure",
  config: smtpConfig,
  secrets: ["password"],
  class: SmtpOtp,
  check: checkSmtp,
});
