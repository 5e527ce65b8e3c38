import { createTransport } from "nodemailer";
import type { OtpSender } from "../../otp.ts";
import { codeMail, refusedMail } from "../code-mail.ts";

/** Sends codes by e-mail. `SMTP_URL` says where to. */
export class MailOtp implements OtpSender {
  async sendOtp(number: string, message: string, signal: AbortSignal): Promise<void> {
    const transport = createTransport({ url: process.env.SMTP_URL });
    try {
      await transport.sendMail({ ...codeMail(number, message), from: "codes@example.com", signal });
    } catch (error) {
      throw refusedMail(error);
    }
  }
}
