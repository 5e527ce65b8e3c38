import { createTransport } from "nodemailer";
import type { OtpSender } from "../../otp.ts";

/** Sends codes by e-mail. `SMTP_URL` says where to. */
export class MailOtp implements OtpSender {
  async sendOtp(number: string, message: string, signal: AbortSignal): Promise<void> {
    const transport = createTransport({ url: process.env.SMTP_URL });
    try {
      await transport.sendMail({
        from: "codes@example.com",
        // Mobile carriers deliver mail to number@their-domain as a text message.
        to: `${number.replaceAll(/\D/g, "")}@sms.example.com`,
        subject: "Your code",
        text: message,
        signal,
      });
    } catch (error) {
      throw new Error(`The mail server did not take the message: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}
