import { CommanderError } from "commander";
import { createColors } from "picocolors";
import { harmless } from "../harmless-text.ts";
import { codeOf, messageOf, nameOf } from "../thrown.ts";
import { isColorful } from "./colors.ts";
import { Interrupted } from "./while-open.ts";

/** What `--json` prints of an error. */
export interface Failure {
  readonly name: string;
  readonly code: string | null;
  readonly message: string;
}

/** Says on standard error what went wrong, in one line or, for scripts, in JSON. Never a stack trace. */
export function reportFailure(error: unknown, json: boolean): void {
  if (isReportedAlready(error)) return;
  const failure = toFailure(error);
  const { red } = createColors(isColorful(process.stderr));
  const text = json ? JSON.stringify({ error: failure }) : failure.message;
  process.stderr.write(`${json ? "" : `${red("error:")} `}${harmless(text)}\n`);
}

export function toFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    return { name: "UsageError", code: "USAGE", message: error.message.replace(/^error: /, "") };
  }
  return { name: nameOf(error), code: codeOf(error) ?? null, message: messageOf(error) };
}

/** Commander prints help and version itself; of an interruption the user knows. */
function isReportedAlready(error: unknown): boolean {
  if (error instanceof Interrupted) return true;
  return error instanceof CommanderError && (error.exitCode === 0 || error.code === "commander.help");
}
