import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The server and the `plugbay` command open the same file, wherever they are started. */
export const databasePath =
  process.env.OTP_DATABASE ?? fileURLToPath(new URL("data/otp.db", import.meta.url));

export const outboxPath = join(dirname(databasePath), "outbox.jsonl");

export const localSettingsPath = join(dirname(databasePath), "local-settings.json");
