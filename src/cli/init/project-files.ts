import { configFile } from "./config-file.ts";
import { newProjectFiles } from "./new-project-files.ts";
import { panelFiles } from "./panel-files.ts";
import type { Project } from "./project.ts";
import { senderFiles } from "./sender-files.ts";
import type { NewFile } from "./write-files.ts";
import { written } from "./written.ts";

/** All files of a project that plugbay is new to. The config is the last: where it is, all the others are. */
export function projectFiles(project: Project): NewFile[] {
  const sources = [...senderFiles(project), ...panelFiles(project)];
  return [
    ...(project.isNew ? newProjectFiles(project) : []),
    ...[...sources, configFile(project)].map(({ path, text }) => ({ path, text: written(text, project) })),
  ];
}
