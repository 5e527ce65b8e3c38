import { defineConfig } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { otp } from "./otp.ts";
import { mail, sms } from "./plugins.ts";

export default defineConfig({ database: sqlite("nest.db"), plugins: [otp, sms, mail] });
