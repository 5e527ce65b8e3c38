import { createInterface } from "node:readline/promises";
import { harmless } from "../harmless-text.ts";
import { UsageError } from "./errors.ts";

/**
 * Shows what it is about and asks, on the terminal; everything but a yes is a no.
 *
 * @throws UsageError where there is no terminal to ask on
 */
export async function confirm(subject: string, question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError("there is no terminal to ask on; add --yes to do it without asking");
  }
  process.stderr.write(`${harmless(subject)}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  // Ctrl-D leaves the question without an answer.
  terminal.once("close", () => ended.abort());
  // While it reads a line, the terminal takes Ctrl-C for itself.
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: ended.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (ended.signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}
