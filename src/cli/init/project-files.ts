import { configFile } from "./config-file.ts";
import { newProjectFiles } from "./new-project-files.ts";
import { panelFiles } from "./panel-files.ts";
import type { Project } from "./project.ts";
import { senderFiles, type Template } from "./sender-files.ts";
import type { NewFile } from "./write-files.ts";
import { written } from "./written.ts";

/**
 * All files of a project that plugbay is new to. Where package.json is, all are there that only a new project has, and
 * where the config is, all the others are: one that was interrupted can be run again.
 */
export function projectFiles(project: Project): NewFile[] {
  const inProject = ({ path, text }: Template): NewFile => ({ path, text: written(text, project) });
  return [
    ...[...senderFiles(project), ...panelFiles(project)].map(inProject),
    ...(project.isNew ? newProjectFiles(project) : []),
    inProject(configFile(project)),
  ];
}
