import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { Readable } from "node:stream";
import { replaceWarnings } from "../../src/cli/warnings.ts";
import { type Outcome, userEnvironment } from "./outcome.ts";

const project = join(import.meta.dirname, "..", "..");
const { cache } = createRequire(import.meta.url);
let lent = false;

/** This process, lent to one command: its folder, environment, streams and exit code are those that a user gives it. */
export class LentProcess {
  readonly #undo: (() => void)[] = [];
  readonly #written = { stdout: "", stderr: "" };

  /** @throws when it is lent already: commands that run side by side are processes, see `startCli` */
  constructor(folder: string, input: string) {
    if (lent) throw new Error("A command runs already; one beside it has to be a process of its own.");
    lent = true;
    const { env, exitCode } = process;
    const home = process.cwd();
    const warningListeners = process.listeners("warning");
    const [stdin, stdout, stderr] = [
      replace(process, "stdin", { value: Readable.from(input === "" ? [] : [Buffer.from(input)]) }),
      replace(process.stdout, "write", { value: this.#collect("stdout") }),
      replace(process.stderr, "write", { value: this.#collect("stderr") }),
    ];
    process.env = userEnvironment();
    process.exitCode = 0;
    process.chdir(folder);
    replaceWarnings();
    this.#undo.push(stdin, stdout, stderr, forgetConfigs, () => {
      process.removeAllListeners("warning");
      for (const listener of warningListeners) process.on("warning", listener);
      process.chdir(home);
      process.exitCode = exitCode;
      process.env = env;
      lent = false;
    });
  }

  async outcome(): Promise<Outcome> {
    // Node gives a warning to those who listen only after the code that emitted it.
    await new Promise((resolve) => setImmediate(resolve));
    return { code: Number(process.exitCode), ...this.#written };
  }

  takeBack(): void {
    for (const undo of this.#undo) undo();
  }

  #collect(stream: "stdout" | "stderr") {
    return (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      this.#written[stream] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    };
  }
}

/** Gives a property another value; the answer takes it back. */
function replace(owner: object, name: string, descriptor: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { ...descriptor, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  };
}

/** Every command evaluates its config anew. What it imports of plugbay's source may stay, as long as that is unchanged. */
function forgetConfigs(): void {
  const kept = [join(project, "src"), join(project, "node_modules")].map((folder) => folder + sep);
  for (const file of Object.keys(cache)) {
    if (!kept.some((folder) => file.startsWith(folder))) delete cache[file];
  }
}
