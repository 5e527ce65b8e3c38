import { appendFile } from "node:fs/promises";
import type { OtpSender } from "../../otp.ts";

/** Appends codes to a file, one JSON object a line. `OTP_OUTBOX` is its path. */
export class OutboxOtp implements OtpSender {
  async sendOtp(number: string, message: string): Promise<void> {
    const line = JSON.stringify({ at: new Date().toISOString(), to: number, text: message });
    await appendFile(process.env.OTP_OUTBOX ?? "outbox.jsonl", `${line}\n`);
  }
}
