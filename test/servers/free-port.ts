import { once } from "node:events";
import { createServer } from "node:net";

// Below the range that operating systems take outgoing ports from, so that nobody's outgoing connection takes
// the port between the look and the server's start.
const lowest = 20_000;
const highest = 32_000;

const handedOut = new Set<number>();

/** A loopback port that nothing listens on, never the same one twice in a process. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (!handedOut.has(port) && (await isFree(port))) {
      handedOut.add(port);
      return port;
    }
  }
  throw new Error(`No free loopback port between ${lowest} and ${highest} was found in 100 tries.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return true;
  } catch {
    return false;
  }
}
