import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../../../test/servers/free-port.ts";

const program = fileURLToPath(new URL("gateway-process.ts", import.meta.url));

/** A payment gateway in a process of its own, which can be killed and started anew on the same port. */
export class Gateway {
  readonly name: string;
  readonly url: string;
  readonly #prepare: () => Promise<ChildProcess>;
  #serving: ChildProcess;
  /** Loaded, so that it can take over at once. */
  #standby: ChildProcess;

  static async start(name: string, ledgerUrl: string): Promise<Gateway> {
    const port = await freePort();
    const prepare = () => startProcess([name, `${port}`, ledgerUrl]);
    const gateway = new Gateway(name, port, prepare, await prepare(), await prepare());
    await gateway.#listen();
    return gateway;
  }

  private constructor(
    name: string,
    port: number,
    prepare: () => Promise<ChildProcess>,
    serving: ChildProcess,
    standby: ChildProcess,
  ) {
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    this.#prepare = prepare;
    this.#serving = serving;
    this.#standby = standby;
  }

  /** Kills it in the middle of whatever it does. After `downMs` another process serves in its place. */
  async crash(downMs: number): Promise<void> {
    await kill(this.#serving);
    await pause(downMs);
    this.#serving = this.#standby;
    await this.#listen();
    this.#standby = await this.#prepare();
  }

  async stop(): Promise<void> {
    await kill(this.#serving);
    await kill(this.#standby);
  }

  async #listen(): Promise<void> {
    const listening = once(this.#serving, "message");
    this.#serving.send("listen");
    await listening;
  }
}

/** It says when it is loaded, and once more when it listens. */
async function startProcess(args: readonly string[]): Promise<ChildProcess> {
  const child = fork(program, args);
  await once(child, "message");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
