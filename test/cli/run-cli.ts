import { type ChildProcessWithoutNullStreams as ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { compiledCommand } from "./compiled-command.ts";

const command = await compiledCommand();

/** The environment of a user: some packages are laxer where a test runner says that it runs them. */
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: undefined,
  VITEST: undefined,
  PLUGBAY_AUTH_SECRET: undefined,
});

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
}

/** Starts the real command in a folder, as a process of its own and without a terminal. */
export const startCli = (folder: string, ...operands: string[]): Running =>
  startCommand(command, folder, ...operands);

function startCommand(main: string, folder: string, ...operands: string[]): Running {
  const options = { cwd: folder, env: environment(), stdio: "pipe" } as const;
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
export const runCli = (folder: string, ...operands: string[]): Promise<Outcome> =>
  startCli(folder, ...operands).ended;

/** Runs the command to its end, with something on its standard input. */
export function pipeToCli(input: string, folder: string, ...operands: string[]): Promise<Outcome> {
  const { child, ended } = startCli(folder, ...operands);
  child.stdin.end(input);
  return ended;
}

/** The operands that choose a config of the folder `fixtures`. */
export const config = (
  name: "plugbay" | "few" | "broken" | "unreachable" | "payment" | "push",
): [string, string] => ["--config", fileURLToPath(new URL(`./fixtures/${name}.config.ts`, import.meta.url))];
