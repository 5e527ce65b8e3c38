import { defineConfig } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { email, push, sms } from "./channels.ts";
import { notifier } from "./notifier.ts";

export default defineConfig({
  database: sqlite("notifications.db"),
  plugins: [notifier, email, sms, push],
});
