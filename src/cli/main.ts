#!/usr/bin/env node
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { reportFailure } from "./failure.ts";
import { createProgram } from "./program.ts";
import { flush, tolerateClosedPipe } from "./streams.ts";
import { replaceWarnings } from "./warnings.ts";

const operands = process.argv.slice(2);
const end = operands.indexOf("--");
const json = operands.slice(0, end === -1 ? undefined : end).includes("--json");

tolerateClosedPipe(process.stdout);
tolerateClosedPipe(process.stderr);
replaceWarnings();
// What a plugin throws in the background, where no command can catch it.
process.on("uncaughtException", (error) => {
  reportFailure(error, json);
  process.exit(exitCodes.failure);
});
// plugbay's timers do not keep a process alive; waiting for a plugin that takes its time must.
setInterval(() => undefined, 60_000);

try {
  await createProgram().parseAsync(operands, { from: "user" });
} catch (error) {
  reportFailure(error, json);
  process.exitCode = exitCodeOf(error);
}
await Promise.all([flush(process.stdout), flush(process.stderr)]);
// Plugins of the application may hold timers and connections that would keep the process from ending.
process.exit();
