import { type ChildProcessWithoutNullStreams as ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { compiledCommand } from "./compiled-command.ts";
import { type Outcome, userEnvironment } from "./outcome.ts";

const command = await compiledCommand();

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
}

/** Starts the real command in a folder, as a process of its own and without a terminal. */
export const startCli = (folder: string, ...operands: string[]): Running =>
  startCommand(command, folder, ...operands);

function startCommand(main: string, folder: string, ...operands: string[]): Running {
  const options = { cwd: folder, env: userEnvironment(), stdio: "pipe" } as const;
  const child = spawn(process.execPath, [main, ...operands], options);
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

/** Runs the command of another place to its end. */
export const runCommand = (main: string, folder: string, ...operands: string[]): Promise<Outcome> =>
  startCommand(main, folder, ...operands).ended;

/** Runs the command to its end. */
export const runCliProcess = (folder: string, ...operands: string[]): Promise<Outcome> =>
  startCli(folder, ...operands).ended;

/** Runs the command to its end, with something on its standard input. */
export function pipeToCliProcess(input: string, folder: string, ...operands: string[]): Promise<Outcome> {
  const { child, ended } = startCli(folder, ...operands);
  child.stdin.end(input);
  return ended;
}
