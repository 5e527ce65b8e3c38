import { definePlugin } from "plugbay";
import { otp } from "../../otp.ts";
import { OutboxOtp } from "./outbox-otp.ts";

export const outbox = definePlugin(otp, {
  name: "outbox",
  module: "apps/otp-outbox",
  priority: 30,
  status: "reserve",
  description: "A line in a file, for when nothing else works",
  class: OutboxOtp,
});
