import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundleProgram } from "../bundle-program.ts";

const script = await bundleProgram(fileURLToPath(new URL("./sync-process-main.ts", import.meta.url)));

/** A sync for a process to do: registers so many types and plugins, in an order of its `turn`. */
export interface SyncWork {
  readonly dialect: "sqlite" | "postgres" | "mysql";
  readonly address: string;
  readonly types: number;
  readonly pluginsPerType: number;
  readonly turn: number;
}

/** A Node process of its own that opens plugbay and syncs on demand. */
export class SyncProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    if (child.stdout === null) throw new TypeError("the process has no output to read from");
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Resolves when the process has loaded its code. */
  static async start(): Promise<SyncProcess> {
    const stdio = ["pipe", "pipe", "inherit"] as const;
    const started = new SyncProcess(spawn(process.execPath, [script], { stdio: [...stdio] }));
    await started.#answer();
    return started;
  }

  async sync(work: SyncWork): Promise<unknown> {
    this.#child.stdin?.write(`${JSON.stringify(work)}\n`);
    return JSON.parse(await this.#answer());
  }

  async end(): Promise<void> {
    const exit = once(this.#child, "exit");
    this.#child.stdin?.end();
    await exit;
  }

  async #answer(): Promise<string> {
    const { done, value } = await this.#lines.next();
    if (done) throw new Error("the process ended without an answer");
    return value;
  }
}
