import { definePluginType } from "plugbay";

export interface OtpSender {
  /**
   * Resolves when the receiving end has taken the message. Gives up when `signal` is aborted, so that a
   * message which another provider sends meanwhile does not arrive twice.
   */
  sendOtp(number: string, message: string, signal: AbortSignal): Promise<void>;
}

export const otp = definePluginType<OtpSender>({
  name: "otp",
  manager: "apps/otp",
  description: "One-time password delivery channel",
  methods: { sendOtp: "required" },
  // A code may arrive twice, so the next provider sends it when one does not answer.
  policy: { idempotent: true, timeoutMs: 3_000 },
});
