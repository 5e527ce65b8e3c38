import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** examples/otp as a process of its own, with a database of its own. */
export class RunningExample {
  readonly databasePath: string;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;
  #printed = "";

  private constructor(folder: string, port: string) {
    this.#folder = folder;
    this.databasePath = join(folder, "otp.db");
    this.#process = spawn(process.execPath, ["--import", "tsx", "examples/otp/server.ts"], {
      cwd: root,
      env: { ...process.env, PORT: port, OTP_DATABASE: this.databasePath },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#exited = once(this.#process, "close");
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk) => {
        this.#printed += chunk;
      });
    }
  }

  /** Starts it, whether or not it can run on that port. */
  static async launch(port: string): Promise<RunningExample> {
    return new RunningExample(await mkdtemp(join(tmpdir(), "plugbay-example-")), port);
  }

  /** Starts it on a free port, and resolves when it serves. */
  static async start(): Promise<RunningExample> {
    const example = await RunningExample.launch("0");
    await vi.waitUntil(() => example.printed.includes("Ctrl-C"), { timeout: 60_000 });
    return example;
  }

  /** Everything that it has printed so far. */
  get printed(): string {
    return this.#printed;
  }

  get address(): string | undefined {
    return /http:\S+/.exec(this.#printed)?.[0];
  }

  /** Sends a form of the page; the page that follows. */
  async post(path: string, fields: Record<string, string>): Promise<string> {
    const response = await this.ask(path, { method: "POST", body: new URLSearchParams(fields) });
    return response.text();
  }

  async page(): Promise<string> {
    return (await this.ask("/")).text();
  }

  ask(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.address}${path}`, init);
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Resolves when it has ended. */
  async exitCode(): Promise<number | null> {
    await this.#exited;
    return this.#process.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
