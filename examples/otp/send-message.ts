import type { Plugbay } from "plugbay";
import type { DeliveryLog } from "./delivery-log.ts";
import { otp } from "./otp.ts";

/**
 * Sends through the selected provider, or through the next one when it fails or takes longer than 3 seconds. A code
 * goes by what an operator decided a moment ago: beside a delivery, a read of the revision is nothing. Where every
 * millisecond counts, leave it to plugbay, which hears of a change within 250 ms on SQLite.
 */
export async function sendMessage(
  plugbay: Plugbay,
  log: DeliveryLog,
  number: string,
  message: string,
): Promise<void> {
  await plugbay.refreshIfOlderThan(0);
  try {
    await plugbay.run(otp, async (sender, { item, signal }) => {
      try {
        await sender.sendOtp(number, message, signal);
      } catch (error) {
        log.failed(item.name, number, signal.aborted ? signal.reason : error);
        throw error;
      }
    });
  } catch (error) {
    log.undelivered(number, error);
  }
}
