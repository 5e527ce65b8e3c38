import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * What the compiler says of programs, each by its title: all its lines as one text. They stand in `folder`, and are
 * compiled as the configuration of the folder `project` says.
 */
export function compilerMessages(
  programs: Readonly<Record<string, string>>,
  { folder = "test/types", project = "." } = {},
): Record<string, string> {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, project, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    join(root, project),
  );
  const fileOf = (title: string): string => join(root, folder, `${title.replaceAll(" ", "-")}.ts`);
  const texts = new Map(Object.entries(programs).map(([title, text]) => [fileOf(title), text]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram({
    rootNames: [...texts.keys()],
    options: { ...options, noUnusedLocals: false },
    host,
  });
  return Object.fromEntries(
    Object.keys(programs).map((title) => {
      const source = program.getSourceFile(fileOf(title));
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [
        title,
        found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n"),
      ];
    }),
  );
}
