import { randomBytes } from "node:crypto";
import { systemClock } from "../time/clock.ts";

/** A new key as `PLUGBAY_KEYS` has it, with an id that tells its day: `k20300131-5f3a:base64key`. */
export function generateKey(now = new Date(systemClock.now())): {
  readonly id: string;
  readonly entry: string;
} {
  const day = now.toISOString().slice(0, 10).replaceAll("-", "");
  const id = `k${day}-${randomBytes(2).toString("hex")}`;
  return { id, entry: `${id}:${randomBytes(32).toString("base64")}` };
}
