import { spawn } from "node:child_process";
import { once } from "node:events";

const limit = 3 * 60_000;

export interface ProgramOutcome {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is; after three minutes it is ended, with all that it started. */
export async function runProgram(
  folder: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ProgramOutcome> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...withoutVitest(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that it can be ended as a whole.
    detached: true,
  });
  await once(child, "spawn");
  const timer = setTimeout(() => process.kill(-Number(child.pid), "SIGKILL"), limit);
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    printed.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed.stderr += chunk;
  });
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return { code, ...printed };
}

/** What a user's terminal has: nothing that says that a test or npm is running. */
export function withoutVitest(): NodeJS.ProcessEnv {
  const names = /^(NODE_ENV|NODE_OPTIONS|CI|VITEST.*|TEST|DEV|PROD|MODE|SSR|BASE_URL|(npm_(?!config_)\w*))$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.test(name)));
}
