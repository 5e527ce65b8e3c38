// A process in which nothing but a run of plugbay waits: for a signal whose timer does not keep a process alive, and then
// for a limit of its own.
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { otp, senderPlugin } from "../definition/otp.ts";

const plugbay = await openPlugbay({
  database: sqlite(":memory:"),
  plugins: [otp, senderPlugin("sms")],
  pollIntervalMs: false,
  heartbeatMs: false,
});
const endless = (): Promise<never> => new Promise(() => undefined);
const signal = AbortSignal.timeout(100);
const reason = await plugbay.run(otp, endless, { signal }).catch((error: Error) => error.name);
const late = await plugbay.run(otp, endless, { timeoutMs: 250 }).catch((error) => error.code);
await plugbay.close();
console.log(reason, late, process.getActiveResourcesInfo().includes("Timeout"));
