import type { Command } from "commander";
import type { AttentionEntry, Gravity } from "../../seeing/attention/attention-entry.ts";
import { colors } from "../colors.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { inOneLine } from "../shown-text.ts";
import { formatTable } from "../table.ts";

export function addStatus(program: Command): void {
  addCommand(
    program,
    "status",
    "Lists what needs attention, the gravest first, by what the application's processes say. Its exit code tells the gravity.",
    ["status", "status --json"],
  ).action(reporting(status));
}

async function status({ config }: CommonOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async (plugbay) => report(await plugbay.attention()));
}

function report(entries: readonly AttentionEntry[]): Report {
  const text = entries.length === 0 ? "Nothing needs attention." : format(entries);
  return { json: entries, text, exitCode: exitCodeOf(entries) };
}

function format(entries: readonly AttentionEntry[]): string {
  const rows = entries.map(({ gravity, since, times, where, message }) => [
    words[gravity],
    times > 1 ? `${since} (${times} times)` : since,
    where ? `${where.processes} of ${where.of}` : "",
    message,
  ]);
  const table = formatTable(["GRAVITY", "SINCE", "PROCESSES", "WHAT"], rows);
  const fixes = [...new Set(entries.map(({ fix }) => fix))];
  return [table, "", ...fixes.map((fix) => colors.dim(`- ${inOneLine(fix)}`))].join("\n");
}

const words: Readonly<Record<Gravity, string>> = {
  critical: colors.red("critical"),
  warning: colors.yellow("warning"),
  info: "info",
};

function exitCodeOf(entries: readonly AttentionEntry[]): number {
  if (entries.some(({ gravity }) => gravity === "critical")) return exitCodes.critical;
  return entries.some(({ gravity }) => gravity === "warning") ? exitCodes.attention : exitCodes.success;
}
