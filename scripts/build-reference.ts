import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  Application,
  Comment,
  type Context,
  Converter,
  type DeclarationReflection,
  LiteralType,
  ReflectionKind,
  UnionType,
} from "typedoc";
import { load as writeMarkdown } from "typedoc-plugin-markdown";
import { modules, root } from "./entries.ts";

/** Writes the reference of the documents' site, from the docstrings of all that the package exports. */
const target = join(root, "docs/reference");

const layout = {
  entryFileName: "index",
  hidePageHeader: true,
  useCodeBlocks: true,
  indexFormat: "table",
  classPropertiesFormat: "table",
  interfacePropertiesFormat: "table",
  typeDeclarationFormat: "table",
  tableColumnSettings: { hideDefaults: true, hideInherited: true, hideModifiers: true, hideOverrides: true },
};

const application = await Application.bootstrapWithPlugins({
  plugin: [writeMarkdown],
  entryPoints: modules.map(({ source }) => source),
  tsconfig: join(root, "tsconfig.build.json"),
  // That is what `npm run check:types` is for.
  skipErrorChecking: true,
  // Parts of exported types that nobody writes the names of.
  validation: { notExported: false },
  outputs: [{ name: "markdown", path: target }],
  name: "Reference",
  readme: "none",
  logLevel: "Warn",
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  ...layout,
});

application.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
  const names = new Map(modules.map(({ name, source }) => [source, name]));
  const all = (kind: ReflectionKind) =>
    context.project.getReflectionsByKind(kind).filter((one) => one.isDeclaration());
  for (const module of all(ReflectionKind.Module)) {
    const file = context.getSymbolFromReflection(module)?.declarations?.[0]?.getSourceFile().fileName;
    module.name = names.get(`${file}`) ?? module.name;
    const functions = module.getChildrenByKind(ReflectionKind.Function).map(({ name }) => `\`${name}\``);
    module.comment = new Comment([{ kind: "text", text: functions.join(", ") }]);
  }
  for (const alias of all(ReflectionKind.TypeAlias)) spellOut(context, alias);
  // It is the language that calls it.
  for (const method of all(ReflectionKind.Method))
    if (method.name === "[hasInstance]") context.project.removeReflection(method);
});

await rm(target, { recursive: true, force: true });
const project = await application.convert();
if (project !== undefined) {
  application.validate(project);
  await application.generateOutputs(project);
}
const { logger } = application;
if (logger.hasErrors() || logger.hasWarnings()) process.exitCode = 1;

/** A type made of a list's values is told by these: the list is not exported, so its name says nothing. */
function spellOut(context: Context, alias: DeclarationReflection): void {
  const symbol = context.getSymbolFromReflection(alias);
  if (alias.type?.type !== "indexedAccess" || symbol === undefined) return;
  const [checker] = context.programs.map((program) => program.getTypeChecker());
  const type = checker?.getDeclaredTypeOfSymbol(symbol);
  const values = (type?.isUnion() ? type.types : []).flatMap((part) =>
    part.isStringLiteral() ? new LiteralType(part.value) : [],
  );
  if (values.length > 0) alias.type = new UnionType(values);
}
