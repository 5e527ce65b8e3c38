import type { Project } from "./project.ts";

/** What a template has for TypeScript alone. */
const typed = /⟨([^⟩]*)⟩/g;

/** What kind of file it is. */
export interface FileKind extends Pick<Project, "language" | "modules"> {
  /** What the path of a neighbouring file ends with where it is imported. */
  readonly suffix: string;
}

/**
 * The text of a file as a project has it. A template is TypeScript in ES modules, its neighbours are imported as
 * `.js`, and what JavaScript has not stands between ⟨ and ⟩.
 */
export function written(template: string, { language, modules, suffix }: FileKind): string {
  const text = language === "typescript" ? template.replace(typed, "$1") : withoutTypes(template);
  const imported = text.replace(/( from "\.[^"]*)\.js";/g, `$1${suffix}";`);
  return language === "javascript" && modules === "commonjs" ? asCommonJs(imported) : imported;
}

function withoutTypes(template: string): string {
  const left = template
    // What is on lines of its own takes them along.
    .replace(/^⟨[^⟩]*⟩\n/gm, "")
    .replace(typed, "");
  return left.replace(/\n{3,}/g, "\n\n");
}

function asCommonJs(text: string): string {
  const exported: string[] = [];
  const body = text
    .replace(/^import (\{[^}]*\}|\w+) from ("[^"]+");$/gm, "const $1 = require($2);")
    .replace(/^export (const|(?:async )?function|class) (\w+)/gm, (_, kind: string, name: string) => {
      exported.push(name);
      return `${kind} ${name}`;
    })
    .replace(/^export default /m, "module.exports = ");
  return exported.length === 0 ? body : `${body}\nmodule.exports = { ${exported.join(", ")} };\n`;
}
