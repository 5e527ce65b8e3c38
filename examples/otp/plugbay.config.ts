import { defineConfig } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { readLocalSettings } from "./local-settings.ts";
import { otp } from "./otp.ts";
import { gateway } from "./providers/gateway/index.ts";
import { mail } from "./providers/mail/index.ts";
import { outbox } from "./providers/outbox/index.ts";
import { sms } from "./providers/sms/index.ts";
import { smtp } from "./providers/smtp/index.ts";
import { databasePath } from "./settings.ts";

export default defineConfig({
  database: sqlite(databasePath),
  plugins: [otp, mail, sms, outbox, smtp, gateway],
  keys: process.env.PLUGBAY_KEYS ?? readLocalSettings().keys,
});
