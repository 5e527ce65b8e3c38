import { onTestFinished } from "vitest";
import { Client } from "./client.ts";
import type { Host } from "./host.ts";

/** A client of a host that is there for one test. */
export async function clientOf(starting: Promise<Host>): Promise<Client> {
  const host = await starting;
  const client = new Client(host.port);
  onTestFinished(async () => {
    await host.close();
    client.close();
  });
  return client;
}
