import { spawn } from "node:child_process";
import { once } from "node:events";
import { withoutVitest } from "./run-program.ts";

/** What a program has done that had a terminal. */
export interface TerminalOutcome {
  /** The exit code, as a shell has it: 128 and the signal's number where one ended the program. */
  readonly code: number | null;
  /** All that stood on the terminal. */
  readonly text: string;
}

/** Runs a program where it has a terminal, and types the keys once it asks the question. */
export async function onTerminal(
  folder: string,
  [program, ...args]: readonly string[],
  { question, keys }: { readonly question: string; readonly keys: string },
): Promise<TerminalOutcome> {
  const command = [program, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: folder,
    env: withoutVitest(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  let text = "";
  for await (const chunk of child.stdout) {
    const isAsked = text.includes(question);
    text += chunk;
    if (!isAsked && text.includes(question)) child.stdin.write(keys);
  }
  const [code] = await closed;
  return { code, text };
}
