import type { PushChannel } from "./push-channel.ts";

/** How many use each channel. */
const holders = new WeakMap<PushChannel, number>();

/**
 * Counts one more user of a channel. The returned function counts it off, and closes the channel when nobody else
 * uses it: an application may hand one channel to several plugbays. Calling it again does nothing.
 */
export function holdChannel(channel: PushChannel): () => Promise<void> {
  holders.set(channel, (holders.get(channel) ?? 0) + 1);
  let isHeld = true;
  return async () => {
    if (!isHeld) return;
    isHeld = false;
    const others = (holders.get(channel) ?? 1) - 1;
    holders.set(channel, others);
    if (others === 0) await channel.close();
  };
}
