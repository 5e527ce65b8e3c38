import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { bundleProgram } from "../../bundle-program.ts";
import type { CommandName, Commands, EventReport, Message, Request, StateReport } from "./protocol.ts";
import { waitFor } from "./wait-for.ts";

const program = await bundleProgram(fileURLToPath(new URL("child.ts", import.meta.url)));
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A process of the cluster, as its parent holds it. */
export class Member {
  /** Everything that happened in it, in order. */
  readonly events: EventReport[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #ready: Promise<void>;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #output = "";

  /** Starts a process, which has nothing open yet; as another user of the system, where this one may do that. */
  static async start(user?: number): Promise<Member> {
    const member = new Member(user);
    await member.#ready;
    return member;
  }

  static startSome(count: number): Promise<Member[]> {
    return Promise.all(Array.from({ length: count }, () => Member.start()));
  }

  private constructor(user?: number) {
    const { NODE_OPTIONS: _, ...env } = process.env;
    this.#child = fork(program, {
      cwd: root,
      env,
      execArgv: [],
      ...(user !== undefined && { uid: user, gid: user }),
      // Dates and Infinity arrive as they are.
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk) => {
        this.#output = (this.#output + chunk).slice(-4_000);
      });
    }
    const ready = defer<void>();
    this.#ready = ready.promise;
    this.#child.on("message", (message: Message) => {
      if (message.kind === "ready") ready.resolve();
      else this.#receive(message);
    });
    this.#exited = once(this.#child, "exit").then(() => {
      const error = new Error(`the process ended. It said:\n${this.#output}`);
      ready.reject(error);
      for (const call of this.#calls.values()) call.reject(error);
      this.#calls.clear();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /**
   * Has the process do something, and gives its answer.
   *
   * @throws ChildError, with the name and message of what was thrown there
   * @example
   * await member.ask("updateItem", id, { status: "disable" });
   */
  ask<Name extends CommandName>(
    command: Name,
    ...args: Parameters<Commands[Name]>
  ): Promise<Awaited<ReturnType<Commands[Name]>>> {
    const call = defer<unknown>();
    const id = ++this.#lastId;
    this.#calls.set(id, call);
    const request: Request = { id, command, args };
    this.#child.send(request, (error) => {
      if (error) call.reject(new Error(`the process is gone. It said:\n${this.#output}`, { cause: error }));
    });
    return call.promise as Promise<Awaited<ReturnType<Commands[Name]>>>;
  }

  /** Waits until the process's state is as `condition` wants it. */
  until(what: string, withinMs: number, condition: (state: StateReport) => boolean): Promise<StateReport> {
    return waitFor(what, withinMs, async () => {
      const state = await this.ask("state");
      if (condition(state)) return state;
      throw new Error(`its state is ${JSON.stringify(state)}`);
    });
  }

  /** Sends a signal; resolves when the process has ended. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.#child.kill(signal);
    await this.#exited;
  }

  /** Ends the process without a word to plugbay; does nothing when it has ended. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
  }

  #receive(message: Exclude<Message, { kind: "ready" }>): void {
    if (message.kind === "event") {
      this.events.push(message.event);
      return;
    }
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.kind === "result") call?.resolve(message.value);
    else call?.reject(new ChildError(message.name, message.text));
  }
}

/** What was thrown in a child. */
class ChildError extends Error {
  constructor(name: string, text: string) {
    super(text);
    this.name = name;
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

function defer<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  // A process that ends on purpose leaves calls that nobody waits for any more.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
