import { Controller, Get, Inject } from "@nestjs/common";
import { HealthCheck, HealthCheckService } from "@nestjs/terminus";
import { PlugbayHealthIndicator } from "plugbay/nest";
import { otp } from "./otp.ts";

@Controller("health")
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(PlugbayHealthIndicator) private readonly plugbay: PlugbayHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.plugbay.isHealthy("plugbay", { types: [otp] })]);
  }
}
