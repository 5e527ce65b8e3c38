import type { Plugbay } from "plugbay";
import type { DeliveryLog } from "./delivery-log.ts";
import { otp } from "./otp.ts";

/** Sends through the selected provider, or through the next one when it fails or takes longer than 3 seconds. */
export async function sendMessage(
  plugbay: Plugbay,
  log: DeliveryLog,
  number: string,
  message: string,
): Promise<void> {
  try {
    await plugbay.run(
      otp,
      async (sender, { item, signal }) => {
        try {
          await sender.sendOtp(number, message, signal);
        } catch (error) {
          log.failed(item.name, number, signal.aborted ? signal.reason : error);
          throw error;
        }
      },
      { timeoutMs: 3_000 },
    );
  } catch (error) {
    log.undelivered(number, error);
  }
}
