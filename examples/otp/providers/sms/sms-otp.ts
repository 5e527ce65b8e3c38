import type { OtpSender } from "../../otp.ts";
import { HttpGateway } from "../http-gateway.ts";

/** Sends codes through an SMS gateway. `SMS_GATEWAY_URL` says where it is, `SMS_GATEWAY_TOKEN` lets us in. */
export class SmsOtp implements OtpSender {
  async sendOtp(number: string, message: string, signal: AbortSignal): Promise<void> {
    const { SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN } = process.env;
    await new HttpGateway(`${SMS_GATEWAY_URL}`, `${SMS_GATEWAY_TOKEN}`).send(number, message, signal);
  }
}
