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
    throw new UsageError(
      "there is no terminal to ask for the password on; hand it over with --password-stdin",
    );
  }
  const password = await ask("Password: ");
  if ((await ask("The same again: ")) !== password) throw new UsageError("the two passwords differ");
  return password;
}

const ctrlC = "\u0003";
const ctrlD = "\u0004";
const backspaces = ["\u007f", "\b"];

async function ask(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  const line = new HiddenLine();
  try {
    return await new Promise((resolve, reject) => {
      line.onEnd = resolve;
      line.onCancel = reject;
      stdin.on("data", line.take);
      stdin.resume();
    });
  } finally {
    stdin.off("data", line.take);
    stdin.pause();
    stdin.setRawMode(false);
    stderr.write("\n");
  }
}

/** What is typed where the terminal itself minds nothing: neither the end of the line nor Ctrl-C. */
class HiddenLine {
  onEnd: (line: string) => void = () => undefined;
  onCancel: (error: Error) => void = () => undefined;
  readonly #typed: string[] = [];

  readonly take = (keys: string): void => {
    for (const key of keys) {
      if (key === "\r" || key === "\n") this.onEnd(this.#typed.join(""));
      else if (key === ctrlC) process.kill(process.pid, "SIGINT");
      else if (key === ctrlD) this.onCancel(new UsageError("no password was given"));
      else if (backspaces.includes(key)) this.#typed.pop();
      else this.#typed.push(key);
    }
  };
}
