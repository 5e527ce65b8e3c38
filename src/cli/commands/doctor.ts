import type { Command } from "commander";
import { type Finding, ok, problem } from "../../control/diagnosis/finding.ts";
import { messageOf } from "../../thrown.ts";
import { colors } from "../colors.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { type LoadedConfig, loadConfig } from "../config.ts";
import { checkDatabase } from "../doctor/check-database.ts";
import { checkPlugins } from "../doctor/check-plugins.ts";
import { rowsAsDeclared } from "../doctor/rows-as-declared.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Report } from "../report.ts";
import { inOneLine } from "../shown-text.ts";
import { counted } from "../wording.ts";

export function addDoctor(program: Command): void {
  addCommand(
    program,
    "doctor",
    "Checks the config, the database and the plugins, and names the fix for what is wrong. Writes nothing.",
    ["doctor", "doctor --json"],
  ).action(reporting(doctor));
}

async function doctor({ config }: CommonOptions): Promise<Report> {
  const found = await examine(config);
  const isOk = ({ level }: Finding<string>): boolean => level === "ok";
  // What is to be done stands at the end, where a terminal shows it.
  const findings = [...found.filter(isOk), ...found.filter((finding) => !isOk(finding))];
  const problems = findings.filter(({ level }) => level === "problem").length;
  const warnings = findings.filter(({ level }) => level === "warning").length;
  return {
    json: { healthy: problems === 0, findings },
    text: [...findings.map(formatFinding), "", `problems: ${problems}, warnings: ${warnings}`].join("\n"),
    exitCode: problems === 0 ? exitCodes.success : exitCodes.failure,
  };
}

async function examine(path: string | undefined): Promise<Finding<string>[]> {
  let config: LoadedConfig;
  try {
    config = await loadConfig(path);
  } catch (error) {
    return [problem("config", messageOf(error), "correct it, then run: npx plugbay doctor")];
  }
  const { finding, read } = await checkDatabase(config);
  const before = [declared(config), finding];
  if (read) return [...before, ...(await checkPlugins(config, read.rows, read.written))];
  const without = ok("rows", "the rows cannot be read, so the plugins are checked as the code declares them");
  return [...before, without, ...(await checkPlugins(config, await rowsAsDeclared(config)))];
}

function declared({ file, plugins: registry }: LoadedConfig): Finding<string> {
  const types = registry.types();
  const plugins = types.flatMap((type) => registry.plugins(type));
  return ok(
    "config",
    `${file} declares ${counted(types.length, "plugin type")} and ${counted(plugins.length, "plugin")}`,
  );
}

const levels = {
  ok: colors.green("ok     "),
  warning: colors.yellow("warning"),
  problem: colors.red("problem"),
};

function formatFinding(finding: Finding<string>): string {
  const { level, message, causes = [] } = finding;
  const lines = [
    `${levels[level]}  ${inOneLine(message)}`,
    ...causes.map((cause) => `${indent}- ${inOneLine(cause)}`),
  ];
  if (finding.level !== "ok") lines.push(indent + colors.dim(finding.fix));
  return lines.join("\n");
}

const indent = " ".repeat(9);
