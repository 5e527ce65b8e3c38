import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { vi } from "vitest";
import { withoutVitest } from "../harness/run-program.ts";

/** Commands on a terminal proper, as util-linux's `script` makes one: so a password is asked for, and not shown. */
export class Conversation {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown>;
  #printed = "";

  constructor(folder: string, lines: string, env: NodeJS.ProcessEnv) {
    const command = `set -e\n${lines}`;
    this.#child = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
      cwd: folder,
      env: { ...withoutVitest(), ...env, SHELL: "/bin/sh", NO_COLOR: "1" },
    });
    this.#child.stdout.on("data", (chunk) => {
      this.#printed += chunk;
    });
    this.#ended = once(this.#child, "close");
  }

  /** Everything that it has printed so far. */
  get printed(): string {
    return this.#printed;
  }

  /** Resolves when it has printed that. @throws when it ends before, or takes three minutes */
  async hear(text: string): Promise<void> {
    const isThere = () => {
      if (this.#printed.includes(text)) return true;
      if (this.#child.exitCode !== null) throw new Error(`it has ended:\n${this.#printed}`);
      return false;
    };
    await vi.waitUntil(isThere, { timeout: 180_000, interval: 50 });
  }

  /** Types a line. */
  answer(line: string): void {
    this.#child.stdin.write(`${line}\r`);
  }

  /** Ends it by Ctrl-C. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) this.#child.stdin.write("\u0003");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    await this.#ended;
    clearTimeout(timer);
  }
}
