import { readFileSync } from "node:fs";
import { basename, dirname, extname, relative, resolve, sep } from "node:path";
import { checkName } from "../../definition/name.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import type { CommonOptions } from "../command.ts";
import { type LoadedConfig, loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { findType } from "../find.ts";
import { formatSteps, type Step } from "../init/next-steps.ts";
import { words } from "../init/package-manager.ts";
import { type Project, readProject, testEnding } from "../init/project.ts";
import { formatOutcome } from "../init/wording.ts";
import { writeFiles } from "../init/write-files.ts";
import { type FileKind, written } from "../init/written.ts";
import type { Report } from "../report.ts";
import { typeName } from "../wording.ts";
import { type FoundType, findTypeBelow, findTypeIn } from "./find-type.ts";
import { type CodeNames, codeNames } from "./names.ts";
import { pluginTests, pluginText } from "./plugin-text.ts";

export interface NewPluginOptions extends CommonOptions {
  readonly type: string;
  readonly typeFrom?: string;
  readonly module?: string;
  readonly folder?: string;
}

/**
 * Writes a plugin of a registered type, and its tests.
 *
 * @throws ConfigError, UsageError, NotFoundError, AmbiguousError
 */
export async function newPlugin(name: string, options: NewPluginOptions): Promise<Report> {
  checkName("plugin name", name);
  const config = await loadConfig(options.config);
  const type = findType(config.plugins.types(), options.type);
  const module = checkName("plugin module", options.module ?? `${type.manager}-${codeNames(name, []).file}`);
  checkIsNew(config, type, module, name);
  const found = await findDeclaration(config, type, options.typeFrom);
  const project = readProject(process.cwd());
  const kind = kindOf(found, project);
  const taken = [found.token, found.contract?.name ?? "", "definePlugin"];
  const named = codeNames(name, taken);
  const folder = relative("", options.folder ?? dirname(found.isPackage ? config.file : found.from));
  const file = slashed(folder === "" ? named.file : `${folder}/${named.file}`);
  const plugin = pluginText({
    name,
    module,
    codeNames: named,
    type: found,
    typeFrom: found.isPackage ? found.from : importPath(folder, found.from),
    methods: Object.keys(type.methods).filter((method) => type.methods[method] === "required"),
    isTyped: kind.language === "typescript",
    refusesUnused: project.refusesUnused,
  });
  const outcome = await writeFiles(process.cwd(), [
    { path: `${file}${kind.extension}`, text: written(plugin, kind) },
    { path: `${file}${testEnding(project)}${kind.extension}`, text: written(pluginTests(named), kind) },
  ]);
  const steps = stepsFor(config.file, file, named, { kind, project });
  return {
    json: { ...outcome, type: { manager: type.manager, name: type.name }, module, name, next: steps },
    text: `${formatOutcome(outcome)}\n\n${formatSteps(steps)}`,
    exitCode: outcome.kept.length === 0 ? exitCodes.success : exitCodes.conflict,
  };
}

function checkIsNew({ plugins }: LoadedConfig, type: AnyPluginType, module: string, name: string): void {
  if (plugins.plugin(type, module, name) === undefined) return;
  throw new UsageError(`module "${module}" has a plugin "${name}" of ${typeName(type)} already`);
}

/** The type is looked for where the application is: below the working directory. */
const findDeclaration = async (
  { file }: LoadedConfig,
  type: AnyPluginType,
  from: string | undefined,
): Promise<FoundType> =>
  from === undefined ? findTypeBelow(process.cwd(), type) : findTypeIn(from, type, file);

interface NewFileKind extends FileKind {
  /** Such as `.ts`. */
  readonly extension: string;
}

/** As the file is that declares the type, or as the project has it. */
function kindOf({ from, isPackage }: FoundType, project: Project): NewFileKind {
  const { language, modules, suffix } = project;
  const extension = isPackage ? `.${language === "typescript" ? "ts" : "js"}` : extname(from);
  if (isPackage || extension === ".ts")
    return { language: languageOf(extension), modules, suffix, extension };
  const isTyped = extension.includes("ts");
  if (isTyped) return { language: "typescript", modules, suffix: extension.replace("ts", "js"), extension };
  const isModule = extension === ".mjs" || (extension === ".js" && hasImports(from));
  return { language: "javascript", modules: isModule ? "esm" : "commonjs", suffix: extension, extension };
}

const languageOf = (extension: string): FileKind["language"] =>
  extension.includes("ts") ? "typescript" : "javascript";

const hasImports = (file: string): boolean => /^(import|export)\b/m.test(readFileSync(file, "utf8"));

/** A file as another one imports it, with the ending that `written` replaces. */
function importPath(folder: string, file: string): string {
  const path = slashed(relative(resolve(folder), dirname(resolve(file))));
  const beside = path === "" ? "." : path.startsWith(".") ? path : `./${path}`;
  return `${beside}/${basename(file, extname(file))}.js`;
}

const slashed = (path: string): string => path.replaceAll(sep, "/");

/** What is left to do: nothing writes into files that somebody else has written. */
function stepsFor(
  config: string,
  file: string,
  { token }: CodeNames,
  { kind, project }: { readonly kind: NewFileKind; readonly project: Project },
): Step[] {
  const path = importPath(dirname(config), `${file}${kind.extension}`);
  const line = written(`import { ${token} } from "${path}";\n`, kind).trim();
  return [
    { what: `Add it to "plugins" in ${config}`, lines: [line, `plugins: [..., ${token}]`] },
    {
      what: "See what a sync makes of it",
      lines: [`${words[project.packageManager].command} plugbay sync --dry-run`],
    },
  ];
}
