// A process that takes one part of a stream, and then neither ends the stream nor closes plugbay.
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { otp, senderPlugin } from "../definition/otp.ts";

const plugbay = await openPlugbay({
  database: sqlite(":memory:"),
  plugins: [otp, senderPlugin("sms")],
  pollIntervalMs: false,
  heartbeatMs: false,
});
const parts = plugbay.stream(otp, () => ["1", "2"], { timeoutMs: 600_000, idleTimeoutMs: 60_000 });
console.log(await parts.next());
// Until its limits have a timer.
await new Promise((resolve) => setTimeout(resolve, 200));
