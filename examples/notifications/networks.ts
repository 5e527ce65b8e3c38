export const networks = ["email", "sms", "push"] as const;
export type Network = (typeof networks)[number];

export const down = new Set<Network>();

/** Stands for the networks that messages go through. Not part of what you would copy. */
export async function deliver(network: Network, address: string, text: string): Promise<void> {
  if (down.has(network)) throw new Error(`${network} is down`);
  console.log(`${network} -> ${address}: ${text}`);
}
