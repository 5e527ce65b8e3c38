import { randomInt } from "node:crypto";
import { Injectable } from "@nestjs/common";
import type { Service } from "plugbay";
import { InjectPlugin } from "plugbay/nest";
import { type OtpSender, otp } from "./otp.ts";

@Injectable()
export class SignInService {
  constructor(@InjectPlugin(otp) private readonly codes: Service<OtpSender>) {}

  async sendCode(number: string): Promise<string> {
    await this.codes.sendOtp(number, String(randomInt(100_000, 1_000_000)));
    return `a code was sent to ${number}`;
  }
}
