import { harmless } from "../harmless-text.ts";

/**
 * Node prints warnings with a stack trace or a hint about its own flags; a command's user gets one line.
 * Those about plugins are left out, because `explain` and `doctor` say the same in full, and so are those
 * about Node's own experiments, such as its SQLite.
 */
export function replaceWarnings(): void {
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name === "PlugbayWarning" || name === "ExperimentalWarning") return;
    process.stderr.write(`warning: ${harmless(message)}\n`);
  });
}
