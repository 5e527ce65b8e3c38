import type { Log } from "../serve/log.ts";

/**
 * Has what a plugin's check leaves behind, such as a timer that throws or a promise that nobody waits for, and every
 * warning of the process, end up in the log, and nothing else come of it.
 */
export function outliveFaults(log: Log): void {
  for (const event of ["uncaughtException", "unhandledRejection", "warning"] as const) {
    process.removeAllListeners(event);
  }
  const note = (error: unknown): void =>
    log({ level: "error", message: "something failed in the background", error });
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  process.on("warning", ({ name, message, ...more }: Error & { code?: string; detail?: string }) => {
    // Those about Node's own experiments, such as its SQLite, are nobody's to mend.
    if (name === "ExperimentalWarning") return;
    const prefix = name === "PlugbayWarning" || name === "Warning" ? "" : `${name}: `;
    log({ level: "warning", message: prefix + message, id: more.code, detail: more.detail });
  });
}
