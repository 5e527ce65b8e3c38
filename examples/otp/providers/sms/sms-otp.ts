import type { OtpSender } from "../../otp.ts";

/** Sends codes through an SMS gateway. `SMS_GATEWAY_URL` says where it is, `SMS_GATEWAY_TOKEN` lets us in. */
export class SmsOtp implements OtpSender {
  async sendOtp(number: string, message: string, signal: AbortSignal): Promise<void> {
    const response = await fetch(`${process.env.SMS_GATEWAY_URL}/messages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${process.env.SMS_GATEWAY_TOKEN}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ to: number, text: message }),
      signal,
    }).catch((error: unknown) => {
      throw new Error("The SMS gateway cannot be reached.", { cause: error });
    });
    if (!response.ok) {
      throw new Error(`The SMS gateway refused the message: ${response.status} ${await response.text()}`);
    }
  }
}
