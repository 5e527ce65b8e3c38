import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";
import { freePort } from "../../servers/free-port.ts";
import { withoutVitest } from "../harness/run-program.ts";

export interface Server {
  readonly port: number;
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Sends it a signal, and resolves with its exit code when it has ended; null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Runs a program of a document, on a free port instead of 3000, and resolves when it listens. */
export async function openServer(folder: string, file: string): Promise<Server> {
  const port = await freePort();
  const text = await readFile(join(folder, file), "utf8");
  await writeFile(join(folder, file), text.replace("3000", String(port)));
  return openProgram(folder, ["--import", "tsx", file], port);
}

/** Runs Node with these operands, and resolves when it listens on the port. */
export async function openProgram(
  folder: string,
  operands: readonly string[],
  port: number,
): Promise<Server> {
  const child = spawn(process.execPath, operands, {
    cwd: folder,
    env: withoutVitest(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const ended = once(child, "close");
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  const isUp = async () => {
    if (child.exitCode !== null) throw new Error(`${operands.join(" ")} ended:\n${printed}`);
    return ask("/").then(
      () => true,
      () => false,
    );
  };
  const close = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    await vi.waitUntil(isUp, { timeout: 60_000, interval: 100 });
  } catch (error) {
    await close();
    throw error;
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return { port, ask, end, [Symbol.asyncDispose]: close };
}
