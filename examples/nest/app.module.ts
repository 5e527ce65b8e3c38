import { Module } from "@nestjs/common";
import { TerminusModule } from "@nestjs/terminus";
import { PlugbayModule } from "plugbay/nest";
import { HealthController } from "./health.controller.ts";
import config from "./plugbay.config.ts";
import { SignInController } from "./sign-in.controller.ts";
import { SignInService } from "./sign-in.service.ts";

@Module({
  imports: [PlugbayModule.forRoot(config), TerminusModule],
  controllers: [SignInController, HealthController],
  providers: [SignInService],
})
export class AppModule {}
