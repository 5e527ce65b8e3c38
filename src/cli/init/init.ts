import { presentConfig } from "../config.ts";
import { confirm } from "../confirm.ts";
import { UsageError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Report } from "../report.ts";
import { runInstall } from "./install.ts";
import { formatSteps, nextSteps } from "./next-steps.ts";
import { installLines } from "./packages.ts";
import { type Choices, type Project, readProject } from "./project.ts";
import { projectFiles } from "./project-files.ts";
import { formatOutcome } from "./wording.ts";
import { type NewFile, type WrittenFiles, writeFiles } from "./write-files.ts";

export interface InitOptions extends Choices {
  readonly yes?: true;
  readonly install?: true;
}

/** Writes what plugbay needs into the working directory, and leaves what is there as it is. @throws UsageError */
export async function init({ yes, install, ...choices }: InitOptions): Promise<Report> {
  const folder = process.cwd();
  const config = presentConfig();
  if (config !== undefined) {
    const hint = "A further plugin is written by: plugbay new plugin NAME --type TYPE";
    return nothing([config], `${config} is there already, so nothing was written. ${hint}`);
  }
  const project = readProject(folder, choices);
  if (project.isNew && project.framework !== "node") {
    throw new UsageError(
      `there is no package.json in ${folder}: set up the application of ${project.framework} first, or leave out --framework`,
    );
  }
  const files = projectFiles(project);
  if (!yes && !(await confirm(announcement(project, files), "Write these files?"))) {
    return nothing([], "Nothing was written.");
  }
  const outcome = await writeFiles(folder, files);
  const lines = install ? installLines(project) : [];
  for (const line of lines) await runInstall(folder, line);
  return report(project, outcome, install === true);
}

function report(project: Project, outcome: WrittenFiles, isInstalled: boolean): Report {
  const { language, modules, framework, runner, database, packageManager } = project;
  const steps = nextSteps(project, isInstalled);
  return {
    json: {
      ...outcome,
      project: { language, modules, framework, runner, database, packageManager },
      next: steps,
    },
    text: `${formatOutcome(outcome)}\n\n${formatSteps(steps)}`,
    exitCode: outcome.kept.length === 0 ? exitCodes.success : exitCodes.conflict,
  };
}

/** There was something already, or nobody wanted it. */
const nothing = (kept: readonly string[], text: string): Report => ({
  json: { written: [], unchanged: [], kept, project: null, next: [] },
  text,
  exitCode: kept.length === 0 ? exitCodes.success : exitCodes.conflict,
});

const names: Readonly<Record<Project["framework"] | Project["runner"] | Project["database"], string>> = {
  ...{ nest: "NestJS", next: "Next.js", fastify: "Fastify", hono: "Hono", koa: "Koa", express: "Express" },
  ...{ vitest: "Vitest", jest: "Jest", node: "Node" },
  ...{ sqlite: "SQLite", postgres: "PostgreSQL", mysql: "MySQL" },
};

function announcement({ language, framework, runner, database }: Project, files: readonly NewFile[]): string {
  const kind = language === "typescript" ? "TypeScript" : "JavaScript";
  const found = `${kind}, served by ${names[framework]}, tested by ${names[runner]}, on ${names[database]}`;
  return [found, "", ...files.map(({ path }) => `+ ${path}`), ""].join("\n");
}
