import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ClusterMessage, ClusterSetup, ProcessSetup, Served } from "./cluster-process.ts";

export interface Usage {
  readonly queries: number;
  readonly cpuMs: number;
}

/** A process of the cluster with one or more followers, and when each of them served what. */
export class Reader {
  readonly #child: ChildProcess;
  readonly #served: Served[][];
  #waiting: (() => void) | undefined;

  static async start({ kind, address, redisUrl }: ClusterSetup, followers: number): Promise<Reader> {
    const program = fileURLToPath(new URL("cluster-process.js", import.meta.url));
    const setup: ProcessSetup = { kind, address, redisUrl, followers };
    const child = fork(program, [JSON.stringify(setup)]);
    const reader = new Reader(child, followers);
    const opened = new Promise<string>((resolve) => {
      child.on("message", (message: ClusterMessage) => message.kind === "open" && resolve("open"));
    });
    const ended = once(child, "exit").then(() => "ended");
    if ((await Promise.race([opened, ended])) === "ended")
      throw new Error("a process ended before it was open");
    return reader;
  }

  private constructor(child: ChildProcess, followers: number) {
    this.#child = child;
    this.#served = Array.from({ length: followers }, () => []);
    child.on("message", (message: ClusterMessage) => {
      if (message.kind !== "served") return;
      for (const one of message.served) this.#served[one.follower]?.push(one);
      this.#waiting?.();
    });
  }

  /** When each follower first served by a revision, or by a later one. */
  async served(revision: number): Promise<number[]> {
    for (;;) {
      const first = this.#served.map((served) => served.find((one) => one.revision >= revision));
      if (first.every((one) => one !== undefined)) return first.map(({ at }) => at);
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  /** What each follower's `get` answers with. */
  answers(): (string | undefined)[] {
    return this.#served.map((served) => served.at(-1)?.itemId);
  }

  /** Forgets what was served so far. */
  forget(): void {
    for (const served of this.#served) served.length = 0;
  }

  async usage(): Promise<Usage> {
    const reply = once(this.#child, "message");
    this.#child.send("usage");
    const [message] = (await reply) as [ClusterMessage];
    if (message.kind !== "usage") throw new Error("a process that should idle answered otherwise");
    return message;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}
