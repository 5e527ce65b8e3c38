import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import type { Command, Server } from "./server.ts";

/**
 * Runs commands in turn, the last one a server, and lets none outlive the process that started this shell, however
 * that one ends: this shell's standard input is a pipe from it, which the operating system closes even after a
 * SIGKILL.
 */
const supervisor = `
  signal=$1 folder=$2
  shift 2
  stop() {
    kill -s "$signal" "$program"
    wait "$program"
    # What a killed installer had started may write for a moment longer.
    rm -rf "$folder" || { sleep 2; rm -rf "$folder"; }
    exit
  }
  trap stop TERM
  trap '' PIPE
  exec 3<&0
  (read -r _ <&3; kill $$) &
  watch=$!
  for command in "$@"; do
    (eval "exec $command") </dev/null 3<&- &
    program=$!
    wait "$program" || break
  done
  status=$?
  kill "$watch"
  rm -rf "$folder"
  exit "$status"
`;

/** Commands whose files are all in one folder, which is removed when they have ended. */
export class SupervisedProcess {
  readonly #shell: ChildProcess;
  readonly #exited: Promise<unknown>;
  #output = "";

  constructor(
    commands: readonly Command[],
    folder: string,
    stopSignal: Server["stopSignal"],
    options: SpawnOptions,
  ) {
    const args = [supervisor, "supervisor", stopSignal, folder, ...commands.map(quoted)];
    // A session of its own: Ctrl-C in a terminal must not reach a server before the tests have let go of it.
    this.#shell = spawn("/bin/sh", ["-c", ...args], { ...options, detached: true, stdio: "pipe" });
    this.#exited = once(this.#shell, "exit");
    for (const stream of [this.#shell.stdout, this.#shell.stderr]) {
      stream?.on("data", (chunk) => {
        this.#output = (this.#output + chunk).slice(-4_000);
      });
    }
  }

  get running(): boolean {
    return this.#shell.exitCode === null && this.#shell.signalCode === null;
  }

  /** The last 4,000 characters that the commands printed. */
  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    this.#shell.stdin?.end();
    await this.#exited;
  }
}

function quoted(command: Command): string {
  return command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}
