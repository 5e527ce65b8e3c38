import { type ChildProcessWithoutNullStreams as ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { compiledCommand } from "./compiled-command.ts";

const command = await compiledCommand();

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real command in a folder, as a process of its own and without a terminal. */
export function startCli(
  folder: string,
  ...operands: string[]
): { child: ChildProcess; ended: Promise<Outcome> } {
  const child = spawn(process.execPath, [command, ...operands], { cwd: folder, stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = once(child, "close").then(([code]) => ({ code, stdout, stderr }));
  return { child, ended };
}

/** Runs the command to its end. */
export const runCli = (folder: string, ...operands: string[]): Promise<Outcome> =>
  startCli(folder, ...operands).ended;

/** The operands that choose a config of the folder `fixtures`. */
export const config = (name: "plugbay" | "few" | "broken" | "unreachable" | "payment"): [string, string] => [
  "--config",
  fileURLToPath(new URL(`./fixtures/${name}.config.ts`, import.meta.url)),
];
