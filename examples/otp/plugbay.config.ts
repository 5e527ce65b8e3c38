import { defineConfig } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { otp } from "./otp.ts";
import { mail } from "./providers/mail/index.ts";
import { outbox } from "./providers/outbox/index.ts";
import { sms } from "./providers/sms/index.ts";
import { databasePath } from "./settings.ts";

export default defineConfig({
  database: sqlite(databasePath),
  plugins: [otp, mail, sms, outbox],
});
