import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../test/servers/free-port.ts";

/** Starts the demo with `npm start` as a reader of the README does, opens its page and the panel, and ends it with Ctrl-C. */

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
  await openPanel(address);
  const stderrBefore = printed.stderr;
  process.kill(group, "SIGINT");
  await within(endLimit, "end after Ctrl-C", () => !exists(group));
  // npm reports the interruption as its own end whatever became of the demo, which complains on stderr when it fails.
  if (printed.stderr !== stderrBefore) throw new Error("npm start did not end cleanly after Ctrl-C.");
  console.log(
    `npm start: ${address} answered 200, the panel let the demo user in, and Ctrl-C ended it cleanly.`,
  );
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

/** Signs in with what the terminal says, and loads the panel with its script. */
async function openPanel(address: string): Promise<void> {
  const [, name = "", password = ""] = /user (\S+), password (\S+)/.exec(printed.stdout) ?? [];
  const body = new URLSearchParams({ name, password });
  const headers = { origin: new URL(address).origin };
  const signIn = await fetch(new URL("/sign-in", address), {
    method: "POST",
    body,
    headers,
    redirect: "manual",
  });
  const cookie = signIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const page = await fetch(new URL("/admin/", address), { headers: { cookie } });
  const script = /<script[^>]* src="([^"]+)"/.exec(await page.text())?.[1] ?? "";
  const asset = await fetch(new URL(script, address), { headers: { cookie } });
  await asset.body?.cancel();
  if (signIn.status !== 303 || page.status !== 200 || script === "" || asset.status !== 200) {
    throw new Error(
      `The panel did not open: ${signIn.status}, ${page.status}, ${asset.status} for "${script}".`,
    );
  }
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
