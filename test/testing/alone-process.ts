import { openTestPlugbay } from "plugbay/testing";
import { otp, smsIr } from "./senders.ts";

/** Says what a plugbay of a test sends, and whether it holds anything that keeps a process alive. It is left open. */
const before = process.getActiveResourcesInfo().sort().join();
const plugbay = await openTestPlugbay({ plugins: [otp, smsIr] });
const sent = await plugbay.require(otp).sendOtp("+1 555 0100", "123456");
console.log(sent, process.getActiveResourcesInfo().sort().join() === before);
