import { text } from "node:stream/consumers";
import { UsageError } from "./errors.ts";

/**
 * A password from the standard input, or asked for twice on the terminal, which does not show it. Never
 * an argument: those are for everybody on the machine to see, and stay in the shell's history.
 *
 * @throws UsageError
 */
export async function readPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await text(process.stdin)).replace(/\r?\n$/, "");
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError("there is no terminal to ask for the password on; pass it with --password-stdin");
  }
  const terminal = new HiddenInput();
  try {
    const password = await terminal.ask("Password: ");
    if ((await terminal.ask("Repeat the password: ")) === password) return password;
    throw new UsageError("the two passwords differ");
  } finally {
    terminal.close();
  }
}

const ctrlC = "\u0003";
const ctrlD = "\u0004";
const backspaces = ["\u007f", "\b"];

/** A terminal that shows nothing of what is typed, from the first question to the end. */
class HiddenInput {
  #typed: string[] = [];
  /** Typed ahead of the question. */
  readonly #lines: string[] = [];
  #onLine: ((line: string) => void) | undefined;
  #onCancel: ((error: Error) => void) | undefined;

  constructor() {
    process.stdin.setRawMode(true);
    process.stdin.setEncoding("utf8");
    process.stdin.on("data", this.#take);
  }

  async ask(question: string): Promise<string> {
    process.stderr.write(question);
    try {
      return (
        this.#lines.shift() ??
        (await new Promise((resolve, reject) => {
          this.#onLine = resolve;
          this.#onCancel = reject;
        }))
      );
    } finally {
      this.#onLine = undefined;
      process.stderr.write("\n");
    }
  }

  close(): void {
    process.stdin.off("data", this.#take);
    process.stdin.pause();
    process.stdin.setRawMode(false);
  }

  /** In this mode the terminal itself minds nothing: neither the end of a line nor Ctrl-C. */
  readonly #take = (keys: string): void => {
    for (const key of keys) {
      if (key === "\r" || key === "\n") this.#endLine();
      else if (key === ctrlC) process.kill(process.pid, "SIGINT");
      else if (key === ctrlD) this.#onCancel?.(new UsageError("no password was given"));
      else if (backspaces.includes(key)) this.#typed.pop();
      else this.#typed.push(key);
    }
  };

  #endLine(): void {
    const line = this.#typed.join("");
    this.#typed = [];
    if (this.#onLine) this.#onLine(line);
    else this.#lines.push(line);
    this.#onLine = undefined;
  }
}
