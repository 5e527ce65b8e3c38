import type { ChildProcessWithoutNullStreams as ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect } from "vitest";
import { startCli } from "../cli/cli-process.ts";
import type { Outcome } from "../cli/outcome.ts";
import { Browser } from "./browser.ts";
import { password } from "./credentials.ts";

/** `plugbay serve` as a process of its own. */
export class Panel {
  /** Where it says that it is. */
  readonly url: string;
  /** Where it listens. */
  readonly origin: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<Outcome>;

  private constructor(child: ChildProcess, ended: Promise<Outcome>, url: string, origin: string) {
    this.#child = child;
    this.#ended = ended;
    this.url = url;
    this.origin = origin;
  }

  /** Starts it in a folder, on a free port unless the operands say one; resolves when it serves. */
  static async start(folder: string, ...operands: string[]): Promise<Panel> {
    const port = operands.includes("--port") ? [] : ["--port", "0"];
    const { child, ended } = startCli(folder, "serve", "--json", ...port, ...operands);
    const [line] = await Promise.race([
      once(child.stdout, "data"),
      ended.then(({ stderr }) => Promise.reject(new Error(`it has ended: ${stderr}`))),
    ]);
    const { url, listens } = JSON.parse(String(line)) as { url: string; listens: string };
    return new Panel(child, ended, url, listens);
  }

  /** The process's id. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  browser(): Browser {
    return new Browser(this.origin);
  }

  /** A browser in which somebody has signed in. */
  async signedIn(email: string): Promise<Browser> {
    const browser = this.browser();
    expect(await browser.signIn(email, password)).toMatchObject({ status: 303 });
    return browser;
  }

  async stop(signal: NodeJS.Signals): Promise<Outcome> {
    this.#child.kill(signal);
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
  }
}
