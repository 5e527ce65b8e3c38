import { exitCodeOf } from "./exit-codes.ts";
import { reportFailure } from "./failure.ts";
import { divertOutput } from "./output.ts";
import { createProgram } from "./program.ts";

/** Runs one command line to its end: what fails is reported on standard error, and sets the exit code. */
export async function runCommand(operands: readonly string[]): Promise<void> {
  const endDiversion = divertOutput();
  try {
    const program = await createProgram(operands);
    await program.parseAsync(operands, { from: "user" });
  } catch (error) {
    reportFailure(error, asksForJson(operands));
    process.exitCode = exitCodeOf(error);
  } finally {
    endDiversion();
  }
}

export function asksForJson(operands: readonly string[]): boolean {
  const end = operands.indexOf("--");
  return operands.slice(0, end === -1 ? undefined : end).includes("--json");
}
