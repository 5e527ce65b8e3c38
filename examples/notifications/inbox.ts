/** What has arrived on a channel, in place of the networks that a real channel sends to. */
export function arrived(channel: string, address: string, text: string): void {
  console.log(`  ${channel.padEnd(5)} -> ${address.padEnd(17)}  ${text}`);
}
