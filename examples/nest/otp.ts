import { definePluginType } from "plugbay";

export interface OtpSender {
  sendOtp(number: string, code: string): Promise<void>;
}

export const otp = definePluginType<OtpSender>({
  name: "otp",
  manager: "apps/otp",
  description: "One-time password delivery channel",
  methods: { sendOtp: "required" },
  policy: { idempotent: true, timeoutMs: 5_000 },
});
