import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../test/servers/free-port.ts";

/** Starts the demo with `npm start` as a reader of the README does, opens its page and ends it with Ctrl-C. */

const startLimit = 60_000;
const endLimit = 10_000;

const port = await freePort();
const demo = spawn("npm", ["start"], {
  env: { ...process.env, PORT: String(port) },
  // A process group of its own, as a terminal gives, to be interrupted as a whole.
  detached: true,
  stdio: ["ignore", "pipe", "pipe"],
});
await once(demo, "spawn");
const group = -Number(demo.pid);
const printed = { stdout: "", stderr: "" };
demo.stdout.on("data", (chunk) => {
  printed.stdout += chunk;
});
demo.stderr.on("data", (chunk) => {
  printed.stderr += chunk;
});

try {
  const address = await within(startLimit, "print its address", printedAddress);
  await within(startLimit, "answer with 200", () => answers(address));
  const stderrBefore = printed.stderr;
  process.kill(group, "SIGINT");
  await within(endLimit, "end after Ctrl-C", () => !exists(group));
  // npm reports the interruption as its own end whatever became of the demo, which complains on stderr when it fails.
  if (printed.stderr !== stderrBefore) throw new Error("npm start did not end cleanly after Ctrl-C.");
  console.log(`npm start: ${address} answered 200, and Ctrl-C ended it cleanly.`);
} catch (error) {
  console.error(`npm start printed:\n${printed.stdout}${printed.stderr}`);
  throw error;
} finally {
  if (exists(group)) process.kill(group, "SIGKILL");
}

function printedAddress(): string | undefined {
  return new RegExp(`http://[^\\s/]+:${port}\\S*`).exec(printed.stdout)?.[0];
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
}

function exists(processOrGroup: number): boolean {
  try {
    process.kill(processOrGroup, 0);
    return true;
  } catch {
    return false;
  }
}

async function within<T>(limit: number, goal: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    const found = await look();
    if (found) return found;
    if (demo.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`npm start did not ${goal} (limit: ${limit / 1_000} s).`);
}
