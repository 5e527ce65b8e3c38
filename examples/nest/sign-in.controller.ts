import { Controller, Get, Inject, Post } from "@nestjs/common";
import type { Plugbay } from "plugbay";
import { InjectPlugbay } from "plugbay/nest";
import { otp } from "./otp.ts";
import { SignInService } from "./sign-in.service.ts";

@Controller("sign-in")
export class SignInController {
  constructor(
    @Inject(SignInService) private readonly signIn: SignInService,
    @InjectPlugbay() private readonly plugbay: Plugbay,
  ) {}

  @Post("code")
  send(): Promise<string> {
    return this.signIn.sendCode("+1 555 0100");
  }

  @Get("channel")
  channel(): string {
    return this.plugbay.selected(otp)?.name ?? "none";
  }
}
