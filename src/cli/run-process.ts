import { exitCodes } from "./exit-codes.ts";
import { reportFailure } from "./failure.ts";
import { divertOutput, writeOutput } from "./output.ts";
import { asksForJson, runCommand } from "./run-command.ts";
import { flush, tolerateClosedPipe } from "./streams.ts";
import { replaceWarnings } from "./warnings.ts";

/** Runs one command line in a process of its own, and ends the process. */
export async function runProcess(operands: readonly string[]): Promise<never> {
  tolerateClosedPipe(process.stdout);
  tolerateClosedPipe(process.stderr);
  divertOutput();
  replaceWarnings();
  // What a plugin throws in the background, where no command can catch it.
  process.on("uncaughtException", (error) => {
    reportFailure(error, asksForJson(operands));
    process.exit(exitCodes.failure);
  });
  // plugbay's timers do not keep a process alive; waiting for a plugin that takes its time must.
  setInterval(() => undefined, 60_000);

  await runCommand(operands);
  await Promise.all([new Promise<void>((written) => writeOutput("", written)), flush(process.stderr)]);
  // Plugins of the application may hold timers and connections that would keep the process from ending.
  process.exit();
}
